"""Answers for machines: asked again, an unchanged one is told in a line; any site may read them."""

import hashlib
import re
from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag

_TAKES_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))")


def with_etag(request: HttpRequest, body: bytes, content_type: str) -> HttpResponse:
    """Return `body` under its SHA-256, or 304 to whoever has it already."""
    etag = hashlib.sha256(body).hexdigest()
    response = HttpResponse(body, content_type=content_type)
    # Neither answer is a stream.
    return cast("HttpResponse", unless_known(request, lambda: response, etag))


def unless_known(
    request: HttpRequest,
    respond: Callable[[], HttpResponseBase],
    etag: str,
    *,
    weak: bool = False,
) -> HttpResponseBase:
    """Return what `respond` gives under its `etag`, or 304 to whoever has it already.

    A `weak` one stands for the same facts, not for the same bytes. No date is told or asked for:
    what changes twice within a second would seem unchanged.
    """
    quoted = f"W/{quote_etag(etag)}" if weak else quote_etag(etag)
    response = get_conditional_response(request, quoted) or respond()
    response["ETag"] = quoted
    patch_cache_control(response, public=True, no_cache=True)
    open_to_other_sites(response)
    return response


def open_to_other_sites(response: HttpResponseBase) -> None:
    """Let scripts of any site read this public answer."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag"


def takes_gzip(request: HttpRequest) -> bool:
    """Return whether the client of `request` takes an answer compressed by gzip."""
    return bool(_TAKES_GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", "")))
