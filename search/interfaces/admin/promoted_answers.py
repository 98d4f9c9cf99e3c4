"""Promoted answers in the admin."""

from typing import Any

from django import forms
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets import AdminDateInput
from wagtail.permissions import register_permission_policy

from search.interfaces.admin.editors_rows import (
    EditorsForm,
    EditorsIndexView,
    EditorsViewSet,
    SavingMixin,
    policy_of,
)
from search.models import PromotedAnswer
from search.services.store_promoted_answer import store_promoted_answer

register_permission_policy(PromotedAnswer, policy_of(PromotedAnswer))


class PromotedAnswerForm(EditorsForm):
    """Queries, what stands above their results, for how long and why."""

    class Meta:
        model = PromotedAnswer
        fields = ["phrases", "answers", "message", "reason", "valid_from", "valid_to", "agency"]
        widgets = {
            "phrases": forms.Textarea(attrs={"rows": 3}),
            "answers": forms.Textarea(attrs={"rows": 3}),
            "valid_from": AdminDateInput,
            "valid_to": AdminDateInput,
        }

    def clean_answers(self) -> str:
        """Refuse addresses at which this site has nothing."""
        answers = str(self.cleaned_data["answers"])
        for line in answers.splitlines():
            address = line.strip().partition(" ")[0]
            if address.startswith("/") and not _is_known(address):
                raise forms.ValidationError(_("This site has no page %s.") % address)
        return answers

    def save(self, commit: bool = True) -> PromotedAnswer:
        """Store the answer through its service."""
        return store_promoted_answer(answer=self.instance, by=self.by)


def _is_known(address: str) -> bool:
    try:
        resolve(address.partition("?")[0].partition("#")[0])
    except Resolver404:
        return False
    return True


class PromotedAnswerIndexView(EditorsIndexView):
    """The promoted answers of the user's agencies."""

    search_without_accents = ("phrases", "answers", "message", "reason")


class PromotedAnswerCreateView(SavingMixin, generic.CreateView):
    """A new promoted answer, perhaps for a query that readers asked."""

    page_title = _("New promoted answer")

    def get_initial(self) -> dict[str, Any]:
        """Begin with the words that an address gives."""
        asked = self.request.GET.get("tu", "")
        return {"phrases": asked[:200]} if asked else {}


class PromotedAnswerEditView(SavingMixin, generic.EditView):
    """A promoted answer changed."""


class PromotedAnswerViewSet(EditorsViewSet):
    """What stands above the results for a time."""

    model = PromotedAnswer
    name = "search_promoted"
    icon = "pick"
    menu_label = _("Promoted answers")
    index_view_class = PromotedAnswerIndexView
    add_view_class = PromotedAnswerCreateView
    edit_view_class = PromotedAnswerEditView
    inspect_template_name = "search/admin/entry.html"
    ordering = "-valid_from"
    list_display = [
        "phrases",
        "answers",
        BooleanColumn("is_active", label=_("in use")),
        "valid_from",
        "valid_to",
        "agency",
    ]
    list_filter = ["valid_from"]
    inspect_view_fields = [*PromotedAnswerForm.Meta.fields]

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        """Return the form that saves through the service."""
        return PromotedAnswerForm
