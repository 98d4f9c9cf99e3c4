"""Leads readers of a procedure's former, mistyped or speaking address to the one that holds."""

import re
from urllib.parse import quote, urlencode

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control

from catalogue.selectors.former_addresses import Destination, destination_of
from portal.middleware import GetResponse

# Browsers keep a permanent redirect for ever; a former code may be taken back.
KEPT_SECONDS = 3600

_ADDRESS = re.compile(r"(?P<root>(?:/[a-z]{2})?/)thu-tuc/(?P<name>[^/]+)(?P<below>/[^\n]+?)?/?")


class FormerAddressMiddleware:
    """Asks, where a page below `/thu-tuc/` is not found, where its address leads by now.

    All addresses of a procedure move together, with their query; none of them knows of it.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        address = _ADDRESS.fullmatch(request.path_info)
        destination = destination_of(address["name"]) if address else None
        if address is None or destination is None:
            return response
        return _lead_on(request, address, destination) or response


def _lead_on(
    request: HttpRequest, address: re.Match[str], destination: Destination
) -> HttpResponse | None:
    """Return the redirect, None where it would lead to the same address."""
    if destination.words:
        return redirect(f"{address['root']}tim-kiem?{urlencode({'q': destination.words})}")
    path = f"{address['root']}thu-tuc/{destination.code}{address['below'] or ''}"
    if path == request.path_info:
        return None
    query = request.META.get("QUERY_STRING", "")
    target = quote(path) + (f"?{query}" if query else "")
    if not destination.for_good:
        return redirect(target)
    lasting = HttpResponsePermanentRedirect(target)
    patch_cache_control(lasting, max_age=KEPT_SECONDS)
    return lasting
