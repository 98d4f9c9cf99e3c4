"""Forms of the decision screens; rules are the services'."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from catalogue import clock
from catalogue.enums import DecisionAction
from catalogue.models import Agency, AgencyPage, Procedure, PublicationDecision
from catalogue.permissions import Permission, agencies_for
from catalogue.selectors.decisions import procedures_to_decide

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DecisionForm(forms.Form):
    """Number, day of signing and agency of a new decision."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Agency"))
    number = forms.CharField(
        label=_("Number"), max_length=60, help_text=_("As it stands on the paper.")
    )
    signed_on = forms.DateField(label=_("Signed on"), widget=DAY, initial=clock.today)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies = agencies_for(user, Permission.PREPARE_DECISIONS).filter(
            pk__in=AgencyPage.objects.values("agency")
        )
        field = cast("forms.ModelChoiceField[Agency]", self.fields["agency"])
        field.queryset = agencies
        if agencies.count() == 1:
            field.initial = agencies.get()

    def clean(self) -> dict[str, Any]:
        """Refuse a number that the agency has used already."""
        cleaned = super().clean() or {}
        agency, number = cleaned.get("agency"), cleaned.get("number")
        if PublicationDecision.objects.standing().filter(agency=agency, number=number).exists():
            self.add_error("number", _("The agency has a decision with this number."))
        return cleaned


class ProcedureField(forms.ModelChoiceField):
    """Names each procedure with its code."""

    def label_from_instance(self, procedure: Procedure) -> str:
        """Return the code before the name, since names repeat."""
        return f"{procedure.code} · {procedure.title}"


class ItemForm(forms.Form):
    """A procedure to put on the decision."""

    procedure = ProcedureField(Procedure.objects.none(), label=_("Procedure"))
    action = forms.ChoiceField(label=_("Act"), choices=DecisionAction.choices)
    effective_from = forms.DateField(label=_("Takes effect on"), widget=DAY, initial=clock.today)

    def __init__(self, *args: Any, decision: PublicationDecision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pages = Procedure.objects.filter(path__startswith=decision.agency.page.path)
        field = cast("ProcedureField", self.fields["procedure"])
        field.queryset = pages.exclude(decision_items__decision=decision)
        changed = procedures_to_decide(decision.agency).exclude(decision_items__decision=decision)
        self.changed = list(changed[:50])
        if self.changed:
            first = self.changed[0]
            field.initial = first.pk
            published = first.versions.entered().exists()
            self.fields["action"].initial = (
                DecisionAction.AMEND if published else DecisionAction.ISSUE
            )
