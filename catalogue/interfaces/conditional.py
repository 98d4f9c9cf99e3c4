"""Answers for machines: asked again, an unchanged one is told in a line; any site may read them."""

import hashlib
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, quote_etag


def with_etag(
    request: HttpRequest, body: bytes, content_type: str, changed_at: datetime | None = None
) -> HttpResponse:
    """Return `body` under its SHA-256, or 304 to whoever has it already."""
    response = HttpResponse(body, content_type=content_type)
    return unless_known(request, response, hashlib.sha256(body).hexdigest(), changed_at)


def unless_known(
    request: HttpRequest, response: HttpResponse, etag: str, changed_at: datetime | None = None
) -> HttpResponse:
    """Return `response` under its `etag`, or 304 to whoever has it already."""
    modified = int(changed_at.timestamp()) if changed_at else None
    if modified is not None:
        response["Last-Modified"] = http_date(modified)
    response["ETag"] = quote_etag(etag)
    patch_cache_control(response, public=True, no_cache=True)
    open_to_other_sites(response)
    answer = get_conditional_response(request, response["ETag"], modified, response)
    return answer or response


def open_to_other_sites(response: HttpResponseBase) -> None:
    """Let scripts of any site read this public answer."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, Last-Modified"
