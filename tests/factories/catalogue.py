"""Agencies, users and memberships for tests."""

from itertools import count
from typing import Any

from catalogue.enums import AgencyKind, Level, Role
from catalogue.models import Agency, Membership
from catalogue.services.memberships import grant_membership
from catalogue.text import sort_key
from portal.accounts.models import User

_numbers = count(1)
_KINDS = {
    Level.MINISTRY: AgencyKind.MINISTRY,
    Level.PROVINCE: AgencyKind.PEOPLES_COMMITTEE,
    Level.COMMUNE: AgencyKind.PEOPLES_COMMITTEE,
}


def make_agency(
    code: str = "",
    *,
    name: str = "",
    parent: Agency | None = None,
    level: str = Level.PROVINCE,
    **values: Any,
) -> Agency:
    """Store an agency; without a code it gets one of its own."""
    number = next(_numbers)
    code = code or (f"{parent.code}.{number}" if parent else f"T{number % 100:02d}.T{number}")
    name = name or f"Cơ quan {number}"
    values.setdefault("kind", _KINDS.get(level, AgencyKind.OTHER))
    return Agency.objects.create(
        code=code,
        name=name,
        parent=parent,
        level=level,
        path=f"{parent.path if parent else '/'}{code}/",
        sort_key=sort_key(name),
        **values,
    )


def make_user(email: str = "", *, password: str | None = None, **values: Any) -> User:
    """Store a user; without an address it gets one of its own."""
    number = next(_numbers)
    values.setdefault("full_name", f"Người {number}")
    return User.objects.create_user(
        email=email or f"nguoi{number}@example.vn", password=password, **values
    )


def make_operator() -> User:
    """Store an operator of the installation."""
    return User.objects.create_superuser(
        email=f"vanhanh{next(_numbers)}@example.vn", full_name="Vận hành"
    )


def make_membership(
    user: User | None = None,
    agency: Agency | None = None,
    role: str = Role.COUNTER_OFFICER,
    **values: Any,
) -> Membership:
    """Give `user` (a new one) a role at `agency` (a new one) in the operator's name."""
    return grant_membership(
        user=user or make_user(), agency=agency or make_agency(), role=role, by=None, **values
    )


def make_member(role: str, agency: Agency | None = None, **values: Any) -> User:
    """Store a user with `role` at `agency` and return the user, rights derived."""
    membership = make_membership(make_user(**values), agency, role)
    return User.objects.get(pk=membership.user_id)
