"""Forms of the catalogue's editing screens."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from catalogue.keys import PART_FIELDS, with_keys


class ProcedureForm(WagtailAdminPageForm):
    """The editing form of a procedure; gives new parts their permanent keys, keeps its code."""

    def clean(self) -> dict[str, Any]:
        """Complete missing keys and renew those that a duplicated block brought along."""
        cleaned = super().clean()
        if self.instance.pk and "code" in self.changed_data:
            self.add_error("code", _("A code never changes: write a new procedure instead."))
        for name in PART_FIELDS:
            if name in cleaned:
                cleaned[name] = with_keys(cleaned[name])
        return cleaned
