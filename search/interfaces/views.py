"""The search page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalogue.permissions import public
from search.engines import IndexUnusableError
from search.interfaces.parameters import SearchParameters, read_parameters
from search.interfaces.results import (
    browse_fields,
    facet_boxes,
    page_of,
    result_rows,
    selected_options,
)
from search.selectors import SearchPage, search_procedures


@public
@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Show the procedures that answer `?q=`, or the fields to browse when nothing is asked."""
    asked = read_parameters(request.GET)
    try:
        found = _search(asked)
    except IndexUnusableError:
        return render(request, "search/unavailable.html", {"q": asked.q}, status=503)
    return render(request, "search/results.html", _context(request, found))


def _search(asked: SearchParameters) -> SearchPage:
    """Search; a page behind the last one shows the last."""
    found = search_procedures(asked.q, page=asked.page, filters=asked.filters)
    if found.total and not found.items:
        last = page_of(found).paginator.num_pages
        return search_procedures(asked.q, page=last, filters=asked.filters)
    return found


def _context(request: HttpRequest, found: SearchPage) -> dict[str, Any]:
    boxes = facet_boxes(found, request.GET)
    selected = selected_options(boxes)
    asks_nothing = not found.query and not selected
    return {
        "q": found.query,
        "found": found,
        "rows": [] if asks_nothing else result_rows(found),
        "facets": boxes,
        "selected": selected,
        "page": page_of(found),
        "fields": browse_fields(found) if asks_nothing else [],
        "asks_nothing": asks_nothing,
    }
