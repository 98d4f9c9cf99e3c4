"""Synonyms in the admin: each is tried when it is saved."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.widgets import AdminDateInput
from wagtail.permissions import register_permission_policy

from search.engines import IndexUnusableError
from search.interfaces.admin.editors_rows import (
    EditorsForm,
    EditorsIndexView,
    EditorsInspectView,
    EditorsViewSet,
    SavingMixin,
    policy_of,
)
from search.models import Synonym
from search.selectors.trials import Trial, try_synonym
from search.services.store_synonym import is_unproven, store_synonym, trial_in_words

register_permission_policy(Synonym, policy_of(Synonym))


class SynonymForm(EditorsForm):
    """A synonym with its test query; what proves nothing is stored by those who insist."""

    unproven = forms.BooleanField(
        label=_("Store it all the same"),
        help_text=_("The test query proves nothing; the list of synonyms will say so."),
        required=False,
        widget=forms.HiddenInput,
    )

    class Meta:
        model = Synonym
        fields = ["says", "means", "source", "query", "finds", "weight", "replaces", "accented",
                  "valid_from", "valid_to", "agency"]  # fmt: skip
        widgets = {
            "means": forms.Textarea(attrs={"rows": 3}),
            "valid_from": AdminDateInput,
            "valid_to": AdminDateInput,
        }

    def save(self, commit: bool = True) -> Synonym:
        """Store the synonym through its service; where nothing is proven, offer to insist."""
        try:
            return store_synonym(
                synonym=self.instance, by=self.by, unproven=self.cleaned_data["unproven"]
            )
        except ValidationError as refusal:
            if is_unproven(refusal):
                self.fields["unproven"].widget = forms.CheckboxInput()
                self.add_error("unproven", _("Mend the entry, or tick this to store it as it is."))
            raise


class SynonymIndexView(EditorsIndexView):
    """The synonyms of the user's agencies."""

    search_without_accents = ("says", "means", "query", "finds")


class TellsTrialMixin(SavingMixin):
    """Tells after saving what became of the test query."""

    def get_success_message(self, *instance: Synonym) -> str:
        """Return what was stored and what the test query says of it.

        A view that creates gives the instance, one that edits has it as its object.
        """
        told = trial_in_words(trial_of(self.form.instance))
        return f"{super().get_success_message(*instance)} {told}"


class SynonymCreateView(TellsTrialMixin, generic.CreateView):
    """A new synonym, perhaps for a query that readers asked in vain."""

    page_title = _("New synonym")

    def get_initial(self) -> dict[str, Any]:
        """Begin with the words that an address gives."""
        asked = self.request.GET.get("tu", "")
        return {"says": asked[:100], "query": asked[:200]} if asked else {}


class SynonymEditView(TellsTrialMixin, generic.EditView):
    """A synonym changed."""


class SynonymInspectView(EditorsInspectView):
    """A synonym with its history and its test query, asked now."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what becomes of the test query now; nothing where there is no index."""
        try:
            told = trial_in_words(try_synonym(self.object))
        except IndexUnusableError:
            told = ""
        return super().get_context_data(trial=told, **kwargs)


def trial_of(synonym: Synonym) -> Trial:
    """Return the result of the test query when the synonym was stored."""
    return Trial(synonym.rank_without, synonym.rank_with)


def proves(synonym: Synonym) -> bool:
    """Whether the test query proved the synonym when it was stored."""
    return trial_of(synonym).proves


class SynonymViewSet(EditorsViewSet):
    """What readers say, and what official texts say."""

    model = Synonym
    name = "search_synonyms"
    icon = "list-ul"
    menu_label = _("Synonyms")
    index_view_class = SynonymIndexView
    add_view_class = SynonymCreateView
    edit_view_class = SynonymEditView
    inspect_view_class = SynonymInspectView
    inspect_template_name = "search/admin/entry.html"
    ordering = "says"
    list_display = [
        "says",
        "means",
        Column("source", label=_("kind"), accessor="get_source_display"),
        BooleanColumn("is_active", label=_("in use")),
        BooleanColumn("proves", label=_("proven"), accessor=proves),
        "valid_from",
        "valid_to",
        "agency",
    ]
    list_filter = ["source", "valid_from"]
    inspect_view_fields = [*SynonymForm.Meta.fields]

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        """Return the form that saves through the service."""
        return SynonymForm
