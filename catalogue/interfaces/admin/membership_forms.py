"""Forms about members; each calls one service and says what it refuses."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from catalogue import clock
from catalogue.enums import Role
from catalogue.models import Agency, Membership
from catalogue.permissions import Permission, agencies_for
from catalogue.services import memberships


class MemberForm(forms.Form):
    """The base: `by` is who asks."""

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        agency = self.fields.get("agency")
        if isinstance(agency, forms.ModelChoiceField):
            agencies = agencies_for(by, Permission.MANAGE_MEMBERS)
            agency.queryset = agencies.order_by("path")

    def save(self) -> Membership:
        """Call the service of this form and return the membership."""
        raise NotImplementedError


class ActForm(MemberForm):
    """The base of what is done to a membership, the `instance`."""

    def __init__(self, *args: Any, instance: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance = instance


class AgencyField(forms.ModelChoiceField):
    """One of the agencies that a form offers, indented as they lie under each other."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=Agency.objects.none(), **options)

    def label_from_instance(self, agency: Agency) -> str:
        """Return the name with its depth and code."""
        depth = agency.path.count("/") - 2
        return "\u2003" * depth + f"{agency.name} ({agency.code})"


class InviteForm(MemberForm):
    """Who is invited, to which role, where and for how long."""

    email = forms.EmailField(label=_("E-mail address"))
    full_name = forms.CharField(label=_("Full name"), max_length=200)
    agency = AgencyField(label=_("Agency"))
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    valid_from = forms.DateField(label=_("From"), widget=AdminDateInput, initial=clock.today)
    valid_to = forms.DateField(
        label=_("Until"),
        widget=AdminDateInput,
        required=False,
        help_text=_("First day without the role."),
    )

    def save(self) -> Membership:
        """Invite the member."""
        return memberships.invite_member(by=self.by, **self.cleaned_data)


class EndForm(ActForm):
    """The first day without the role."""

    on = forms.DateField(
        label=_("Leaves on"),
        widget=AdminDateInput,
        initial=clock.today,
        help_text=_("First day without the role. Today ends all sessions at once."),
    )

    def save(self) -> Membership:
        """End the membership."""
        return memberships.end_membership(
            membership=self.instance, by=self.by, on=self.cleaned_data["on"]
        )


class SuspendForm(ActForm):
    """Nothing to fill in: the button says it."""

    def save(self) -> Membership:
        """Suspend the member."""
        return memberships.suspend_member(membership=self.instance, by=self.by)


class ResumeForm(ActForm):
    """Nothing to fill in: the button says it."""

    def save(self) -> Membership:
        """Give the member the rights back."""
        return memberships.resume_member(membership=self.instance, by=self.by)


class MoveForm(ActForm):
    """Where the member works from now on."""

    agency = AgencyField(label=_("New agency"))
    on = forms.DateField(label=_("From"), widget=AdminDateInput, initial=clock.today)

    def save(self) -> Membership:
        """Move the member."""
        return memberships.move_member(
            membership=self.instance,
            agency=self.cleaned_data["agency"],
            by=self.by,
            on=self.cleaned_data["on"],
        )


class ColleagueField(forms.ModelChoiceField):
    """A member of the same agency, under the person's name."""

    def label_from_instance(self, membership: Membership) -> str:
        """Return who it is and what they do."""
        return f"{membership.user} – {membership.get_role_display()}"


class StandInForm(ActForm):
    """Who stands in, from when until when."""

    colleague = ColleagueField(label=_("Stand-in"), queryset=Membership.objects.none())
    valid_from = forms.DateField(label=_("From"), widget=AdminDateInput, initial=clock.today)
    valid_to = forms.DateField(
        label=_("Until"), widget=AdminDateInput, help_text=_("First day without the role.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = Membership.objects.active().filter(stands_in_for__isnull=True)
        colleagues = held.filter(agency__path__startswith=self.instance.agency.path)
        others = colleagues.exclude(user=self.instance.user).exclude(user=self.by)
        colleague = self.fields["colleague"]
        if isinstance(colleague, forms.ModelChoiceField):
            colleague.queryset = others.select_related("user")

    def save(self) -> Membership:
        """Appoint the stand-in."""
        return memberships.appoint_stand_in(
            membership=self.instance,
            stand_in=self.cleaned_data["colleague"].user,
            valid_from=self.cleaned_data["valid_from"],
            valid_to=self.cleaned_data["valid_to"],
            by=self.by,
        )
