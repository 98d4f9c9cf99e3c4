"""Passwords: a link by mail to whoever owns the address, and what the link does."""

from allauth.account.models import EmailAddress
from django.db import transaction

from catalogue.services.jobs import enqueue
from portal.accounts.lockout import forgive
from portal.accounts.models import User

PASSWORD_LINK = "password_link"  # noqa: S105


@transaction.atomic
def request_password_link(*, email: str) -> None:
    """Ask for a mail with a link to set a new password, if an active account has `email`.

    The worker makes and sends it, so known and unknown addresses take the same work here.
    """
    user = User.objects.filter(email=email.lower(), is_active=True).first()
    enqueue(kind=PASSWORD_LINK, payload={"user": user.pk if user else None})


@transaction.atomic
def choose_password(*, user: User, password: str) -> None:
    """Set the password of `user`, who opened a link that only their address received.

    The address counts as verified from now on, every session of the user is over, and failed
    log-ins are forgotten.
    """
    user.set_password(password)
    user.save(update_fields=["password"])
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    forgive(user)


@transaction.atomic
def drop_unproven_password(*, user: User) -> None:
    """Forget the password of `user` unless the account has proved to own its address.

    Anybody may sign up with a colleague's address: what they chose must not open the rights that
    the colleague is given later.
    """
    proven = EmailAddress.objects.filter(user=user, email=user.email, verified=True).exists()
    if user.has_usable_password() and not proven:
        user.set_unusable_password()
        user.save(update_fields=["password"])
