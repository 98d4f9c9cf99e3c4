"""What readers reported missing, in the admin: any editor of search reads and settles it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.permissions import register_permission_policy

from catalogue.interfaces.admin.policy import AgencyScopedPermissionPolicy
from catalogue.interfaces.admin.viewsets import (
    AgencyScopedViewSet,
    ScopedIndexView,
)
from catalogue.permissions import Permission
from search.interfaces.admin.editors_rows import SavingMixin
from search.models import MissingAnswer
from search.services.missing_answers import settle_missing_answer

register_permission_policy(
    MissingAnswer,
    AgencyScopedPermissionPolicy(
        MissingAnswer,
        needs=dict.fromkeys(("view", "change"), Permission.EDIT_SEARCH),
        within=None,
    ),
)


class OutcomeForm(forms.ModelForm):
    """What was done about a missing answer; what the reader wrote stays as it is."""

    class Meta:
        model = MissingAnswer
        fields = ["outcome"]

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def save(self, commit: bool = True) -> MissingAnswer:
        """Settle it through the service."""
        return settle_missing_answer(
            missing=self.instance, outcome=self.cleaned_data["outcome"], by=self.by
        )


class MissingAnswerIndexView(ScopedIndexView):
    """The newest first."""

    search_without_accents = ("query", "note", "outcome")
    default_ordering = "-created_at"


class MissingAnswerEditView(SavingMixin, generic.EditView):
    """A missing answer settled; what the reader wrote stands above the form."""

    template_name = "search/admin/missing_answer.html"


class MissingAnswerViewSet(AgencyScopedViewSet):
    """What readers looked for and did not find."""

    model = MissingAnswer
    name = "search_missing"
    icon = "help"
    menu_label = _("Reported missing")
    add_to_admin_menu = False
    shown = AgencyScopedViewSet.shown | {"edit"}
    index_view_class = MissingAnswerIndexView
    edit_view_class = MissingAnswerEditView
    list_display = [
        "query",
        "note",
        "created_at",
        Column("outcome", label=_("what was done"), accessor="outcome"),
    ]
    list_filter = ["created_at"]
    inspect_view_fields = ["query", "note", "created_at", "outcome", "handled_by", "handled_at"]

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        """Return the form that settles through the service."""
        return OutcomeForm
