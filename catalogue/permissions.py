"""Who may do what: roles give permissions, memberships give roles, nothing else gives rights."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from catalogue.enums import Role
from catalogue.models import Agency, Membership


class Permission(models.TextChoices):
    """Everything that a service can ask for."""

    EDIT_PROCEDURES = "edit_procedures", _("Edit procedures")
    SEE_DECISIONS = "see_decisions", _("See publication decisions")
    PREPARE_DECISIONS = "prepare_decisions", _("Prepare publication decisions")
    APPROVE_DECISIONS = "approve_decisions", _("Approve publication decisions")
    SEE_ENTRY_LAGS = "see_entry_lags", _("See how soon decisions are entered")
    IMPORT_PROCEDURES = "import_procedures", _("Import procedures")
    MANAGE_MEMBERS = "manage_members", _("Manage the agency's staff")
    MANAGE_RULES = "manage_rules", _("Manage rules of law")
    VIEW_AUDIT = "view_audit", _("Read the audit trail")
    VIEW_STYLE_PAGE = "view_style_page", _("See the style page")
    VIEW_DOSSIERS = "view_dossiers", _("See dossiers")
    RECEIVE_DOSSIERS = "receive_dossiers", _("Receive dossiers")
    VIEW_OPERATIONS = "view_operations", _("See jobs and lags")
    EDIT_SEARCH = "edit_search", _("Edit words and answers of search")


_EVERY_STAFF = {Permission.VIEW_STYLE_PAGE}
_DESK = {Permission.VIEW_DOSSIERS, *_EVERY_STAFF}
_DECIDING = {Permission.SEE_DECISIONS, Permission.SEE_ENTRY_LAGS, *_EVERY_STAFF}
_EDITOR = {Permission.EDIT_PROCEDURES, Permission.PREPARE_DECISIONS, *_DECIDING}
_APPROVER = {Permission.APPROVE_DECISIONS, *_DECIDING}

ROLE_PERMISSIONS: dict[str, set[Permission]] = {
    Role.GOVERNMENT_CONTROL: {
        Permission.EDIT_SEARCH,
        Permission.MANAGE_RULES,
        Permission.SEE_ENTRY_LAGS,
        Permission.VIEW_AUDIT,
        Permission.VIEW_OPERATIONS,
        *_EVERY_STAFF,
    },
    Role.MINISTRY_EDITOR: {Permission.EDIT_SEARCH, *_EDITOR},
    Role.MINISTRY_APPROVER: _APPROVER,
    Role.MINISTRY_CONTROL: {Permission.EDIT_SEARCH, Permission.IMPORT_PROCEDURES, *_EDITOR},
    Role.PROVINCE_EDITOR: _EDITOR,
    Role.PROVINCE_CONTROL: _APPROVER,
    Role.AGENCY_ADMINISTRATOR: {
        Permission.MANAGE_MEMBERS,
        Permission.VIEW_AUDIT,
        *_EVERY_STAFF,
    },
    Role.UNIT_HEAD: {Permission.RECEIVE_DOSSIERS, *_DESK},
    Role.COUNTER_OFFICER: {Permission.RECEIVE_DOSSIERS, *_DESK},
    Role.APPRAISER: _DESK,
    Role.DECISION_MAKER: _DESK,
    Role.CASHIER: _DESK,
    Role.POSTAL_AGENT: set(),
    Role.PLUGIN_MANAGER: _EVERY_STAFF,
    Role.SUPERVISOR: _DESK,
    Role.AUDITOR: {Permission.VIEW_AUDIT, *_EVERY_STAFF},
    Role.HELPER: set(),
}


def roles_with(permission: Permission) -> list[str]:
    """Return the roles that give `permission`."""
    return [role for role, permissions in ROLE_PERMISSIONS.items() if permission in permissions]


def agencies_for(user: Any, permission: Permission) -> models.QuerySet[Agency]:
    """Return the agencies at which `user` holds `permission`, those under them included."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return Agency.objects.none()
    if user.is_superuser:
        return Agency.objects.all()
    paths = (
        Membership.objects.active()
        .filter(user=user, role__in=roles_with(permission))
        .values_list("agency__path", flat=True)
    )
    within = models.Q(pk__in=[])
    for path in set(paths):
        within |= models.Q(path__startswith=path)
    return Agency.objects.filter(within)


def has_permission(user: Any, permission: Permission, agency: Agency | None = None) -> bool:
    """Whether `user` holds `permission` at `agency` (or at an agency above it), or anywhere."""
    agencies = agencies_for(user, permission)
    return (agencies.filter(pk=agency.pk) if agency else agencies).exists()


def require(user: Any, permission: Permission, agency: Agency | None = None) -> None:
    """Raise `PermissionDenied` unless `user` holds `permission` at `agency`."""
    if not has_permission(user, permission, agency):
        raise PermissionDenied(f"{permission} is needed.")


View = Callable[..., HttpResponseBase]


def public(view: View) -> View:
    """Mark a view that anyone may open: it shows what is public, or what a secret guards."""
    # Django keeps such marks on the function itself, where no type has a place for them.
    view.access_rule = "public"  # type: ignore[attr-defined]
    return view


def requires(permission: Permission) -> Callable[[View], View]:
    """Guard a view: log-in first, then 403 without `permission` at any agency.

    Which agency it must be is checked by the service.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            require(request.user, permission)
            return view(request, *args, **kwargs)

        guarded.access_rule = permission  # type: ignore[attr-defined]
        return guarded

    return decorate
