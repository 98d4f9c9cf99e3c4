"""What people see when an exception reached nobody: a fault of ours, or a database that is away."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views import defaults

from catalogue.permissions import public
from portal.file_storage import DISK_FULL

RETRY_AFTER_SECONDS = 10


@public
def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 503 and when to try again if database or disk can't be used just now, else 500.

    As the URL configuration's `handler500` it sees exceptions of middleware, too.
    """
    return unavailable(request) if _passes(sys.exception()) else defaults.server_error(request)


def unavailable(request: HttpRequest) -> HttpResponse:
    """Say that nothing is lost and what to do; asks the database for nothing."""
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS), "Cache-Control": "no-store"}
    if request.path_info.startswith("/api/"):
        detail = {"detail": _("The service is busy. Try again in a moment.")}
        return JsonResponse(detail, status=503, headers=headers)
    return HttpResponse(render_to_string("503.html"), status=503, headers=headers)


def _passes(fault: BaseException | None) -> bool:
    """Whether `fault` is a locked, restarting or absent database, or a full disk."""
    if isinstance(fault, OSError):
        return fault.errno in DISK_FULL
    return isinstance(fault, OperationalError | InterfaceError)
