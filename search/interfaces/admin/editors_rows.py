"""What the screens of synonyms and promoted answers share."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views import generic

from catalogue.interfaces.admin.policy import AgencyScopedPermissionPolicy
from catalogue.interfaces.admin.viewsets import (
    AgencyScopedViewSet,
    ScopedIndexView,
    ServiceFormMixin,
)
from catalogue.permissions import Permission, agencies_for
from catalogue.services.procedures import publishing_agencies
from search.models import PromotedAnswer, Synonym
from search.selectors.editors_history import NO, YES, history_of

Row = Synonym | PromotedAnswer
ENDS_TOO_EARLY = _("The end must come after the beginning.")


def policy_of(model: type[Row]) -> AgencyScopedPermissionPolicy:
    """Return the rights: an editor's own agencies and no others."""
    needs = dict.fromkeys(("view", "add", "change"), Permission.EDIT_SEARCH)
    return AgencyScopedPermissionPolicy(model, needs=needs)


class EditorsForm(forms.ModelForm):
    """The base: `by` is who writes, for an agency of theirs."""

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        own = agencies_for(by, Permission.EDIT_SEARCH) & publishing_agencies()
        agency = cast("forms.ModelChoiceField", self.fields["agency"])
        agency.queryset = own.order_by("path")
        agency.initial = agency.queryset.first()

    def clean(self) -> dict[str, Any]:
        """Refuse an end that comes before the beginning."""
        cleaned: dict[str, Any] = super().clean() or {}
        begins, ends = cleaned.get("valid_from"), cleaned.get("valid_to")
        if begins and ends and ends <= begins:
            self.add_error("valid_to", ValidationError(ENDS_TOO_EARLY))
        return cleaned

    def validate_constraints(self) -> None:
        """Leave the days to `clean`, which names the field to mend."""


class EditorsIndexView(ScopedIndexView):
    """The entries of the user's agencies."""

    def get_base_queryset(self) -> Any:
        """Return the entries with the agencies that answer for them."""
        return super().get_base_queryset().select_related("agency")


class SavingMixin(ServiceFormMixin):
    """Saves through a service and says so in plain words."""

    success_message = _("%(object)s: saved.")
    error_message = _("Not saved yet: see the fields marked below. What you wrote is kept.")


class EditorsInspectView(generic.InspectView):
    """An entry with its history."""

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        """Return a value as people read it, also where it is yes, no or nothing."""
        value = super().get_field_display_value(field_name, field)
        if isinstance(value, bool):
            return YES if value else NO
        return "–" if value in (None, "") else value

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add who changed what."""
        return super().get_context_data(history=history_of(self.object), **kwargs)


class EditorsViewSet(AgencyScopedViewSet):
    """The base of both: entries are ended by date, never deleted."""

    add_to_admin_menu = False
    shown = AgencyScopedViewSet.shown | {"add", "edit"}
    index_view_class = EditorsIndexView
    inspect_view_class = EditorsInspectView
