"""The search page."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalogue.permissions import public
from search.engines import IndexUnusableError
from search.interfaces.asked import count_asked
from search.interfaces.limits import SEARCHES
from search.interfaces.missing import MissingForm
from search.interfaces.parameters import SearchParameters, read_parameters
from search.interfaces.results import (
    browse_fields,
    facet_boxes,
    page_of,
    result_rows,
    selected_options,
    sort_options,
)
from search.selectors import SearchPage, search_procedures
from search.selectors.names import kept_names
from search.selectors.promoted import promoted_for

# What is called as the reader typed, such as communes of one name in several provinces.
_MOST_NAMES = 6
# A minute frees places of a network; an index of some thousand procedures is made in seconds.
_WAIT_OF_TOO_MANY, _WAIT_FOR_INDEX = 60, 10


@public
@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Show what answers `?q=`, or the ways to browse when nothing is asked."""
    asked = read_parameters(request.GET)
    if not SEARCHES.admits(request.META["REMOTE_ADDR"]):
        return _later(request, asked, "search/too_many.html", 429, _WAIT_OF_TOO_MANY)
    try:
        found = _search(asked)
    except IndexUnusableError:
        return _later(request, asked, "search/unavailable.html", 503, _WAIT_FOR_INDEX)
    count_asked(request, found)
    return render(request, "search/results.html", _context(found, asked))


def _later(
    request: HttpRequest, asked: SearchParameters, template: str, status: int, seconds: int
) -> HttpResponse:
    """Say that there is no answer now, and after how many seconds to ask again."""
    response = render(request, template, {"q": asked.q, "asked": asked}, status=status)
    response["Retry-After"] = str(seconds)
    return response


def _search(asked: SearchParameters) -> SearchPage:
    """Search; a page behind the last one shows the last."""
    found = search_procedures(asked.q, page=asked.page, filters=asked.filters, order=asked.order)
    if found.total and not found.items:
        return _search(replace(asked, page=page_of(found).paginator.num_pages))
    return found


def _context(found: SearchPage, asked: SearchParameters) -> dict[str, Any]:
    boxes = facet_boxes(found, asked)
    selected = selected_options(boxes)
    asks_nothing = not asked.q and not selected
    is_first = found.page == 1 and not selected
    return {
        "q": asked.q,
        "asked": asked,
        "found": found,
        "rows": [] if asks_nothing else result_rows(found),
        "facets": boxes,
        "selected": selected,
        "sorts": sort_options(asked),
        "names": kept_names.current().called(asked.q)[:_MOST_NAMES] if is_first else [],
        "promotions": promoted_for(asked.q) if is_first else [],
        "page": page_of(found),
        "page_address": asked.query_dict,
        "fields": browse_fields(found) if asks_nothing else [],
        "asks_nothing": asks_nothing,
        "missing": MissingForm(initial={"query": asked.q}),
        "support_phone": settings.SUPPORT_PHONE,
    }
