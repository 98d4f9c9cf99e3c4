"""Answers for machines: asked again, an unchanged one is told in a line; any site may read them."""

import hashlib
import re
from collections.abc import Callable
from datetime import datetime
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, quote_etag

_TAKES_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))")


def with_etag(
    request: HttpRequest, body: bytes, content_type: str, changed_at: datetime | None = None
) -> HttpResponse:
    """Return `body` under its SHA-256, or 304 to whoever has it already."""
    etag = hashlib.sha256(body).hexdigest()
    response = HttpResponse(body, content_type=content_type)
    # Neither answer is a stream.
    return cast("HttpResponse", unless_known(request, lambda: response, etag, changed_at))


def unless_known(
    request: HttpRequest,
    respond: Callable[[], HttpResponseBase],
    etag: str,
    changed_at: datetime | None = None,
    *,
    weak: bool = False,
) -> HttpResponseBase:
    """Return what `respond` gives under its `etag`, or 304 to whoever has it already.

    A `weak` one stands for the same facts, not for the same bytes.
    """
    quoted = f"W/{quote_etag(etag)}" if weak else quote_etag(etag)
    modified = int(changed_at.timestamp()) if changed_at else None
    response = get_conditional_response(request, quoted, modified) or respond()
    response["ETag"] = quoted
    if modified is not None:
        response["Last-Modified"] = http_date(modified)
    patch_cache_control(response, public=True, no_cache=True)
    open_to_other_sites(response)
    return response


def open_to_other_sites(response: HttpResponseBase) -> None:
    """Let scripts of any site read this public answer."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, Last-Modified"


def takes_gzip(request: HttpRequest) -> bool:
    """Return whether the client of `request` takes an answer compressed by gzip."""
    return bool(_TAKES_GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", "")))
