"""Forms of the catalogue's editing screens."""

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm

from catalogue.keys import PART_FIELDS, with_keys


class ProcedureForm(WagtailAdminPageForm):
    """The editing form of a procedure; gives every new part its permanent key."""

    def clean(self) -> dict[str, Any]:
        """Complete missing keys and renew those that a duplicated block brought along."""
        cleaned = super().clean()
        for name in PART_FIELDS:
            if name in cleaned:
                cleaned[name] = with_keys(cleaned[name])
        return cleaned
