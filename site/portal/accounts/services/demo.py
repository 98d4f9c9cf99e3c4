"""Accounts of the sample country."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction

from catalogue.enums import Role
from catalogue.models import Agency, Membership
from catalogue.services.memberships import grant_membership
from portal.accounts.models import User


@dataclass(frozen=True)
class DemoAccount:
    """A person of the sample country: log-in, name, and (agency code, role) pairs, if any."""

    email: str
    full_name: str
    memberships: tuple[tuple[str, Role], ...]


@transaction.atomic
def load_demo_accounts(*, accounts: Iterable[DemoAccount], password: str) -> list[User]:
    """Create or complete the `accounts`, each with `password`; safe to repeat.

    An account without memberships is a citizen's. Raises `Agency.DoesNotExist` for an unknown
    code and `ValidationError` for a role that cannot exist at its agency.
    """
    # They share the password, so they may share the half second that hashing it takes.
    encoded = make_password(password)
    return [_load(account, password, encoded) for account in accounts]


def _load(account: DemoAccount, password: str, encoded: str) -> User:
    email = account.email.lower()
    user = User.objects.filter(email=email).first() or User(email=email)
    user.full_name = account.full_name
    if not user.pk or not user.check_password(password):
        user.password = encoded
    user.save()
    EmailAddress.objects.update_or_create(
        user=user, email=email, defaults={"verified": True, "primary": True}
    )
    for code, role in account.memberships:
        _grant(user, code, role)
    return user


def _grant(user: User, code: str, role: Role) -> None:
    agency = Agency.objects.get(code=code)
    known: Any = Membership.objects.active()
    if not known.filter(user=user, agency=agency, role=role).exists():
        grant_membership(user=user, agency=agency, role=role, by=None)
