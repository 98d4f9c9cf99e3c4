"""Mails of the accounts, sent by the worker, and the daily look at dated rights."""

from datetime import time
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from catalogue.jobs import job_handler, schedule
from catalogue.models import Membership
from catalogue.services.memberships import INVITATION
from catalogue.services.rights import sync_rights
from portal.accounts.models import User
from portal.accounts.services.passwords import PASSWORD_LINK, drop_unproven_password


@job_handler(PASSWORD_LINK)
def send_password_link(payload: dict[str, Any]) -> None:
    """Mail `user` a link for a new password; None stands for an address that nobody has."""
    user = User.objects.filter(pk=payload["user"], is_active=True).first()
    if user is not None:
        _send(user, "account/email/password_link", {})


@job_handler(INVITATION)
def send_invitation(payload: dict[str, Any]) -> None:
    """Mail a new member their role and, to one without a password, the link that sets it."""
    membership = Membership.objects.select_related("user", "agency").get(pk=payload["membership"])
    drop_unproven_password(user=membership.user)
    _send(membership.user, "account/email/invitation", {"membership": membership})


@schedule("sync_rights", at=time(0, 1))
def follow_the_calendar() -> None:
    """Give and take rights whose first or last day has come."""
    sync_rights()


def _send(user: User, template: str, context: dict[str, Any]) -> None:
    with translation.override(user.language):
        values = {
            **context,
            "user": user,
            "site_name": settings.WAGTAIL_SITE_NAME,
            "link": password_link(user),
            "log_in": f"{settings.PUBLIC_URL}{reverse('account_login')}",
            "days": settings.PASSWORD_RESET_TIMEOUT // 86_400,
        }
        subject = render_to_string(f"{template}_subject.txt", values).strip()
        body = render_to_string(f"{template}_message.txt", values)
    send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [user.email or ""])


def password_link(user: User) -> str:
    """Return a link that lets whoever opens it set the password of `user`, once."""
    key = default_token_generator.make_token(user)
    path = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), key])
    return f"{settings.PUBLIC_URL}{path}"
