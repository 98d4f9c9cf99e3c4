"""Answers public pages from memory before anything else of the product is asked."""

from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from catalogue.selectors.changes import last_sequence
from portal.middleware import GetResponse
from portal.page_cache.generation import Generation, GenerationWatch
from portal.page_cache.kept import KeptPage
from portal.page_cache.memory import MOST_BYTES_ASKED, Address, Memory

# Whoever carries one of these may see more than everyone does.
PRIVATE_COOKIES = (settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name)
_GENERATION = "_generation_of_the_page"


class PageCacheMiddleware:
    """Keeps what views marked `same_for_everyone` say to readers without a session.

    Stands behind the two middlewares that clean a request of what only proxies may say. The host
    and the scheme are part of the address, so a host that is not served is never answered.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.watch = GenerationWatch(last_sequence, settings.CATALOGUE_SEQUENCE_SECONDS)
        self.memory = Memory()
        self.memory_of_asked = Memory(MOST_BYTES_ASKED)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or _is_private(request):
            return self.get_response(request)
        address = _address_of(request)
        memory = self.memory_of_asked if request.META.get("QUERY_STRING") else self.memory
        kept = memory.get(address)
        if kept is not None and kept.generation == self.watch.current():
            return kept.answer(request, self.watch.seconds_away())
        response = self.get_response(request)
        generation: Generation | None = getattr(request, _GENERATION, None)
        if generation is None or not _may_be_kept(request, response):
            return response
        page = KeptPage.of(response, generation)
        memory.keep(address, page)
        return page.answer(request, self.watch.seconds_away())

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Note the generation before a page is made: a change meanwhile makes it older, not newer.

        Asked for marked views only, so that probes and files never wait for the database.
        """
        parameters = getattr(view, "kept_parameters", None)
        if parameters is not None and parameters.issuperset(request.GET):
            setattr(request, _GENERATION, self.watch.current())


def _is_private(request: HttpRequest) -> bool:
    return "HTTP_COOKIE" in request.META and any(
        name in request.COOKIES for name in PRIVATE_COOKIES
    )


def _address_of(request: HttpRequest) -> Address:
    meta = request.META
    return (
        meta.get("HTTP_HOST", ""),
        meta.get("HTTP_X_FORWARDED_PROTO", request.scheme or ""),
        request.path_info,
        meta.get("QUERY_STRING", ""),
    )


def _may_be_kept(request: HttpRequest, response: HttpResponseBase) -> bool:
    return (
        request.method == "GET"
        and isinstance(response, HttpResponse)
        and response.status_code == 200
        and not response.cookies
        and "no-store" not in response.get("Cache-Control", "")
        # A nonce is for one answer; a page that uses one is made each time.
        and "'nonce-" not in response.get("Content-Security-Policy", "")
    )
