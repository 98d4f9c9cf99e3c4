"""What every request passes: the proxy, the rules of access, the cache and the admin's policy."""

from collections.abc import Callable
from ipaddress import ip_address, ip_network
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from catalogue.models import Membership
from catalogue.services.rights import STAFF_ROLES
from portal.access import Access, access_rule

ADMIN_PREFIX = "/quan-tri/"
FORWARDED = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_REQUEST_ID",
)
GetResponse = Callable[[HttpRequest], HttpResponse]


class TrustedProxyMiddleware:
    """Believes `X-Forwarded-*` only of the proxies in `TRUSTED_PROXIES`.

    `REMOTE_ADDR` becomes the last address that a trusted proxy saw and that is not one itself.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.networks = [ip_network(network) for network in settings.TRUSTED_PROXIES]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._is_trusted(request.META.get("REMOTE_ADDR", "")):
            self._take_client_address(request)
        else:
            for header in FORWARDED:
                request.META.pop(header, None)
        return self.get_response(request)

    def _take_client_address(self, request: HttpRequest) -> None:
        hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        for hop in reversed([hop.strip() for hop in hops]):
            if not _is_address(hop):
                return
            request.META["REMOTE_ADDR"] = hop
            if not self._is_trusted(hop):
                return

    def _is_trusted(self, address: str) -> bool:
        return _is_address(address) and any(
            ip_address(address) in network for network in self.networks
        )


class PrivateResponsesMiddleware:
    """Keeps every answer to a browser with a session out of caches (nobody else's, no way back)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        name = settings.SESSION_COOKIE_NAME
        if name in request.COOKIES or name in response.cookies:
            response["Cache-Control"] = "no-store, private"
            patch_vary_headers(response, ["Cookie"])
        return response


class AccessMiddleware:
    """Holds the table of `portal.access`, and two-step log-in for whatever is not public."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path_info.startswith(ADMIN_PREFIX):
            # Read by django-csp instead of the public policy.
            response._csp_config = settings.ADMIN_CONTENT_SECURITY_POLICY  # type: ignore[attr-defined]
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Refuse what the rule of the view refuses; let the view decide about the rest."""
        route = request.resolver_match.route if request.resolver_match else ""
        rule = access_rule(view, route)
        if rule == Access.NOBODY:
            raise Http404
        if rule in (None, Access.PUBLIC) or not request.user.is_authenticated:
            return None
        if rule == Access.STAFF and not is_staff_today(request.user):
            raise PermissionDenied("Only staff.")
        if rule == Access.OPERATOR and not request.user.is_superuser:
            raise PermissionDenied("Only the operator.")
        if settings.STAFF_MFA_REQUIRED and not has_second_step(request.user):
            messages.warning(request, _("Your work needs two-step log-in. Set it up first."))
            return redirect("mfa_activate_totp")
        return None


def is_staff_today(user: Any) -> bool:
    """Whether `user` is an operator or holds a staff role today, whatever was derived before."""
    if user.is_superuser:
        return True
    return Membership.objects.active().filter(user=user, role__in=STAFF_ROLES).exists()


def has_second_step(user: Any) -> bool:
    """Whether `user` logs in with a second step."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
