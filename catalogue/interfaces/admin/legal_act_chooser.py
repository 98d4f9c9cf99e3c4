"""Choosing a legal act while a procedure is written: found without accents, added on the spot."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet

from catalogue.interfaces.admin.legal_acts import LegalActForm
from catalogue.models import LegalAct
from catalogue.permissions import Permission, View, requires
from catalogue.selectors.naming import named
from catalogue.widgets import LegalActChooser


class LegalActFilterForm(BaseFilterForm):
    """Words of the number, the title or the issuer, with or without their marks."""

    q = forms.CharField(label=_("Number or words of the title"), required=False)

    def filter(self, objects: models.QuerySet[LegalAct]) -> models.QuerySet[LegalAct]:
        """Return the acts that hold the words."""
        found = super().filter(objects)
        words = self.cleaned_data.get("q")
        if not words:
            return found
        self.is_searching, self.search_query = True, words
        return named(found, words, fields=("number", "title", "issuer"))


class _ActColumns(chooser.BaseChooseView):
    filter_form_class = LegalActFilterForm

    @property
    def columns(self) -> list[Column]:
        """Return number and title, then who issued the act and when."""
        return [
            *super().columns,
            Column("issuer", label=_("Issued by")),
            Column("issued_on", label=_("Issued on")),
        ]


class _ServiceCreation(chooser.CreationFormMixin):
    """Adds an act through its service, in the name of the one who chooses."""

    def get_creation_form_kwargs(self) -> dict[str, Any]:
        """Tell the form who asks."""
        return {**super().get_creation_form_kwargs(), "by": self.request.user}


class LegalActChooseView(_ServiceCreation, chooser.ChooseViewMixin, _ActColumns):
    """The list of acts, and the form of a new one."""


class LegalActResultsView(_ServiceCreation, chooser.ChooseResultsViewMixin, _ActColumns):
    """The list of acts, searched."""


class LegalActCreateView(_ServiceCreation, chooser.CreateView):
    """A new act, chosen at once."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Store the act, or show what the service refuses at the form."""
        try:
            response: HttpResponse = super().post(request)
        except ValidationError as refusal:
            self.form.add_error(None, refusal)
            return self.get_reshow_creation_form_response()
        return response


class LegalActChooserViewSet(ChooserViewSet):
    """The chooser behind `LegalActChooser`, for those who edit procedures."""

    model = LegalAct
    name = "legal_act_chooser"
    icon = LegalActChooser.icon
    choose_one_text = LegalActChooser.choose_one_text
    per_page = 20
    register_widget = False
    choose_view_class = LegalActChooseView
    choose_results_view_class = LegalActResultsView
    create_view_class = LegalActCreateView
    creation_form_class = LegalActForm
    create_action_label = _("Add to the list and choose")
    creation_tab_label = _("New act")

    def construct_view(self, view_class: type, **kwargs: Any) -> View:
        """Return the view behind the right to edit procedures somewhere."""
        return requires(Permission.EDIT_PROCEDURES)(super().construct_view(view_class, **kwargs))
