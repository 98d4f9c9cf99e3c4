"""Members in the admin: an agency's administrator invites, moves, suspends and sets stand-ins."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.permissions import register_permission_policy

from catalogue import clock
from catalogue.interfaces.admin import membership_forms as forms
from catalogue.interfaces.admin.policy import AgencyScopedPermissionPolicy
from catalogue.interfaces.admin.viewsets import (
    AgencyScopedViewSet,
    ScopedIndexView,
    ServiceFormMixin,
)
from catalogue.models import Membership
from catalogue.permissions import Permission

register_permission_policy(
    Membership,
    AgencyScopedPermissionPolicy(
        Membership, needs=dict.fromkeys(("view", "add", "change"), Permission.MANAGE_MEMBERS)
    ),
)


@dataclass(frozen=True)
class Act:
    """Something to do to a membership: its address, its words, its form."""

    name: str
    label: Promise
    icon: str
    form: type[forms.MemberForm]


ACTS = (
    Act("move", _("Move to another agency"), "arrow-right", forms.MoveForm),
    Act("stand-in", _("Set a stand-in"), "group", forms.StandInForm),
    Act("suspend", _("Suspend"), "lock", forms.SuspendForm),
    Act("resume", _("End the suspension"), "lock-open", forms.ResumeForm),
    Act("end", _("End the role"), "cross", forms.EndForm),
)


def acts_on(membership: Membership) -> Sequence[Act]:
    """Return what can be done to `membership` as it stands."""
    if membership.valid_to and membership.valid_to <= clock.today():
        return ()
    hidden = {"suspend", "move", "stand-in"} if membership.suspended_at else {"resume"}
    if membership.stands_in_for_id:
        hidden |= {"move", "stand-in"}
    return [act for act in ACTS if act.name not in hidden]


def state_of(membership: Membership) -> Promise:
    """Return in words whether `membership` gives rights today."""
    today = clock.today()
    if membership.valid_to and membership.valid_to <= today:
        return _("Ended")
    if membership.suspended_at:
        return _("Suspended")
    if membership.valid_from > today:
        return _("Not begun")
    return _("Stand-in") if membership.stands_in_for_id else _("In force")


class MembershipIndexView(ScopedIndexView):
    """The members of the user's agencies, with what can be done to each."""

    search_without_accents = ("user__full_name", "user__email", "agency__name", "agency__code")
    page_title = _("Staff")
    add_item_label = _("Invite")

    @cached_property
    def columns(self) -> list[Column]:
        """Return who it is, then the rest."""
        name = self.title_column("user", label=_("Name"), sort_key="user__full_name")
        return [name, *super().columns[1:]]

    def get_base_queryset(self) -> models.QuerySet[Membership]:
        """Return the memberships with their users and agencies."""
        return super().get_base_queryset().select_related("user", "agency")

    def get_list_more_buttons(self, instance: Membership) -> list[MenuItem]:
        """Offer the acts, and the whole record."""
        acts = [
            MenuItem(act.label, url=reverse(f"members:{act.name}", args=[instance.pk]),
                     icon_name=act.icon, priority=10 + number)
            for number, act in enumerate(acts_on(instance))
        ]  # fmt: skip
        return [*super().get_list_more_buttons(instance), *acts]


class InviteView(ServiceFormMixin, generic.CreateView):
    """Invites a member."""

    success_message = _("%(object)s: invited by mail.")
    page_subtitle = _("Invite a member")
    submit_button_label = _("Invite")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return what the form needs; there is no membership yet."""
        kwargs = super().get_form_kwargs()
        kwargs.pop("instance", None)
        return kwargs

    def get_success_buttons(self) -> list[Any]:
        """Offer no edit page: a membership changes by acts."""
        return []


class ActView(ServiceFormMixin, generic.EditView):
    """Does one act to a membership."""

    act: Act | None = None
    success_message = _("%(object)s: saved.")

    def get_page_subtitle(self) -> str:
        """Say what will be done to whom."""
        return f"{self.act.label}: {self.object}" if self.act else str(self.object)

    def get_edit_url(self) -> str:
        """Return the address of this act."""
        return self.request.path

    def get_success_buttons(self) -> list[Any]:
        """Offer no edit page: a membership changes by acts."""
        return []


class MembershipViewSet(AgencyScopedViewSet):
    """The staff of the user's agencies."""

    model = Membership
    name = "members"
    icon = "user"
    menu_label = _("Staff")
    shown = AgencyScopedViewSet.shown | {"add"}
    index_view_class = MembershipIndexView
    add_view_class = InviteView
    list_display = [
        "user",
        "role",
        Column("agency", label=_("Agency"), accessor="agency", sort_key="agency__sort_key"),
        "valid_from",
        "valid_to",
        Column("state", label=_("State"), accessor=state_of),
    ]
    list_filter = ["role"]
    inspect_view_fields = ["user", "role", "agency", "valid_from", "valid_to", "stands_in_for",
                           "granted_by", "granted_at", "suspended_at"]  # fmt: skip

    def get_form_class(self, for_update: bool = False) -> type[forms.MemberForm]:
        """Return the form that invites."""
        return forms.InviteForm

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add one address for each act."""
        return [
            *super().get_urlpatterns(),
            *(path(f"{act.name}/<int:pk>/", self.act_view(act), name=act.name) for act in ACTS),
        ]

    def act_view(self, act: Act) -> Any:
        """Return the guarded view of `act`."""
        return self.construct_view(
            ActView, act=act, form_class=act.form, submit_button_label=act.label
        )
