"""Accounts that can log in."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from factories.catalogue import make_user
from portal.accounts.models import User

PASSWORD = "Nắng-vàng-Mường-Lay-7"


def make_account(email: str = "", *, password: str = PASSWORD, **values: Any) -> User:
    """Store a user who can log in: with a password and a verified address."""
    user = make_user(email, password=password, **values)
    verify(user)
    return user


def verify(user: User) -> None:
    """Mark the address of `user` as verified."""
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


def turn_on_second_step(user: User) -> Authenticator:
    """Give `user` an authenticator app."""
    return TOTP.activate(user, generate_totp_secret()).instance
