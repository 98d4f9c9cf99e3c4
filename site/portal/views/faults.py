"""What people see when an exception reached nobody: a fault of ours, or a database that is away."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views import defaults

from catalogue.permissions import public

RETRY_AFTER_SECONDS = 10


@public
def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 503 and when to try again if the database is locked, restarting or gone, else 500.

    As the URL configuration's `handler500` it sees exceptions of middleware, too.
    """
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        return unavailable(request)
    return defaults.server_error(request)


def unavailable(request: HttpRequest) -> HttpResponse:
    """Say that nothing is lost and what to do; asks the database for nothing."""
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS), "Cache-Control": "no-store"}
    if request.path_info.startswith("/api/"):
        detail = {"detail": _("The service is busy. Try again in a moment.")}
        return JsonResponse(detail, status=503, headers=headers)
    return HttpResponse(render_to_string("503.html"), status=503, headers=headers)
