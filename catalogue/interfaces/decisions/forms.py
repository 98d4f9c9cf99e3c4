"""Forms of the decision screens; rules are the services'."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from catalogue import clock
from catalogue.enums import DecisionAction, DecisionKind
from catalogue.models import Agency, AgencyPage, Procedure, PublicationDecision
from catalogue.permissions import Permission, agencies_for
from catalogue.selectors.decisions import procedures_that_fit
from catalogue.services.decisions.days import day_problem

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day that a decision may name; today unless told."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=DAY, initial=clock.today, **kwargs)

    def validate(self, value: Any) -> None:
        """Refuse what the services refuse, beside the field."""
        super().validate(value)
        if value and (problem := day_problem(value)):
            raise forms.ValidationError(problem)


class AgencyField(forms.ModelChoiceField):
    """The agencies at which the user prepares decisions; chosen already when there is one."""

    def offer(self, user: Any) -> None:
        """Offer the agencies of `user` that have a page."""
        pages = AgencyPage.objects.values("agency")
        agencies = agencies_for(user, Permission.PREPARE_DECISIONS).filter(pk__in=pages)
        self.queryset = agencies.order_by("sort_key")
        if agencies.count() == 1:
            self.initial = agencies.get()


class ChangeForm(forms.Form):
    """What a draft says of itself."""

    number = forms.CharField(
        label=_("Number"), max_length=60, help_text=_("As it stands on the paper.")
    )
    signed_on = DayField(label=_("Signed on"))
    fast_track = forms.BooleanField(
        label=_("Act by the shortened procedure"),
        required=False,
        help_text=_("In force from its signing; entered within 2 working days (D63 art. 24)."),
    )


class DecisionForm(ChangeForm):
    """Agency, number and day of signing of a new decision."""

    agency = AgencyField(Agency.objects.none(), label=_("Agency"))
    field_order = ("agency", "number", "signed_on", "fast_track")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("AgencyField", self.fields["agency"]).offer(user)


class CorrectionForm(forms.Form):
    """What a new correction of form is about."""

    agency = AgencyField(Agency.objects.none(), label=_("Agency"))
    reason = forms.CharField(
        label=_("What is corrected and why"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: “Giấy khai sinh” was written “Giây khai sinh” on two pages."),
    )
    number = forms.CharField(
        label=_("Number"),
        max_length=60,
        required=False,
        help_text=_("Of the correcting paper; without one the next number of the year is given."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("AgencyField", self.fields["agency"]).offer(user)


class ProcedureField(forms.ModelChoiceField):
    """Names each procedure with its code."""

    def label_from_instance(self, procedure: Procedure) -> str:
        """Return the code before the name, since names repeat."""
        return f"{procedure.code} · {procedure.draft_title}"


class DayForm(forms.Form):
    """The day from which an item holds."""

    effective_from = DayField(label=_("Takes effect on"))


class ManyForm(forms.Form):
    """The act and the day of many items; a correction has neither."""

    BY_ITSELF = ""
    action = forms.ChoiceField(
        label=_("What the decision does"),
        required=False,
        choices=[
            (BY_ITSELF, _("Issue what is new, amend what is published")),
            (DecisionAction.ABOLISH, DecisionAction.ABOLISH.label),
        ],
    )
    effective_from = DayField(label=_("Takes effect on"))

    def __init__(self, *args: Any, decision: PublicationDecision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if decision.kind == DecisionKind.CORRECTION:
            del self.fields["action"], self.fields["effective_from"]

    @property
    def chosen(self) -> dict[str, Any]:
        """Return the act and the day as the service takes them."""
        action = self.cleaned_data.get("action")
        return {
            "action": DecisionAction(action) if action else None,
            "effective_from": self.cleaned_data.get("effective_from") or clock.today(),
        }


class ItemForm(forms.Form):
    """A procedure to put on the decision."""

    procedure = ProcedureField(Procedure.objects.none(), label=_("Procedure"))
    action = forms.ChoiceField(
        label=_("What the decision does"),
        choices=[each for each in DecisionAction.choices if each[0] != DecisionAction.CORRECT],
    )
    effective_from = DayField(label=_("Takes effect on"))

    def __init__(self, *args: Any, decision: PublicationDecision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("ProcedureField", self.fields["procedure"])
        field.queryset = procedures_that_fit(decision, changed_only=False)
        first = procedures_that_fit(decision).first()
        if decision.kind == DecisionKind.CORRECTION:
            del self.fields["action"], self.fields["effective_from"]
        elif first:
            published = first.versions.entered().exists()
            self.fields["action"].initial = (
                DecisionAction.AMEND if published else DecisionAction.ISSUE
            )
        if first:
            field.initial = first.pk

    @property
    def chosen(self) -> dict[str, Any]:
        """Return the item as the service takes it."""
        return {
            "procedure": self.cleaned_data["procedure"],
            "action": DecisionAction(self.cleaned_data.get("action") or DecisionAction.CORRECT),
            "effective_from": self.cleaned_data.get("effective_from") or clock.today(),
        }
