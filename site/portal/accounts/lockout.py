"""Locks against guessing: per account and address, per account, per address; in the database."""

from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt, AccessFailureLog
from django.conf import settings
from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac

from catalogue import clock
from portal.accounts.models import User
from portal.accounts.selectors import user_with_login

# Failures in a row for one account, from anywhere, until a new password is set by mail or the
# right one is typed (NIST SP 800-63B-4, 3.2.2: at most 100).
ACCOUNT_BUDGET = 50
# Failures from one address within the cool-off, whichever accounts it tries.
ADDRESS_BUDGET = 50


class LockoutHandler(AxesDatabaseHandler):
    """Locks an account for an address (`AXES_FAILURE_LIMIT`), an account, and an address."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """Return the failures that count, or the limit once one of the wider budgets is spent."""
        failures: int = super().get_failures(request, credentials)
        spent = _account_failures(account_key(request, credentials)) >= ACCOUNT_BUDGET
        spent = spent or _address_failures(request.META.get("REMOTE_ADDR")) >= ADDRESS_BUDGET
        return max(failures, settings.AXES_FAILURE_LIMIT) if spent else failures

    def user_logged_in(self, sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
        """Forget the failures of an account whose owner came in."""
        forgive(user)


def account_key(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Return the key under which failures for a log-in are counted.

    The same for an account's e-mail address and phone number, however typed; no personal data.
    """
    values = credentials or {}
    typed = next((str(values[name]) for name in _LOGIN_FIELDS if values.get(name)), None)
    login = typed or request.POST.get("login", "")
    user = user_with_login(login)
    return _key(f"user:{user.pk}" if user else f"login:{login.strip().lower()}")


def forgive(user: User) -> None:
    """Forget every failed log-in of `user`."""
    key = _key(f"user:{user.pk}")
    AccessAttempt.objects.filter(username=key).delete()
    AccessFailureLog.objects.filter(username=key).delete()


def locked_out(request: HttpRequest, *args: Any) -> HttpResponse:
    """Answer a log-in that is locked with the words of any other refused log-in."""
    return render(request, "account/locked.html", status=429)


_LOGIN_FIELDS = ("email", "phone", "username")


def _key(text: str) -> str:
    return salted_hmac("portal.accounts.lockout", text, algorithm="sha256").hexdigest()


def _account_failures(key: str) -> int:
    return AccessFailureLog.objects.filter(username=key).count()


def _address_failures(address: str | None) -> int:
    recent: QuerySet[AccessAttempt] = AccessAttempt.objects.filter(
        ip_address=address, attempt_time__gt=clock.now() - settings.AXES_COOLOFF_TIME
    )
    return recent.aggregate(failures=Sum("failures_since_start"))["failures"] or 0
