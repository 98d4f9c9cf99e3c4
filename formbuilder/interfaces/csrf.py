"""The forgery check of the wizard: a page that fails it is shown again with all that was typed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware


class _Check(CsrfViewMiddleware):
    """Django's own check, which returns the reason instead of a refusal page."""

    def _reject(self, request: HttpRequest, reason: str) -> Any:
        return reason


def forgery_suspected(request: HttpRequest) -> bool:
    """Whether `request` lacks the token of the page that it claims to come from."""
    check = _Check(_plain_view)
    return check.process_view(request, _plain_view, (), {}) is not None


def _plain_view(_request: HttpRequest) -> HttpResponse:
    """Stand for a view that is not exempt."""
    return HttpResponse()
