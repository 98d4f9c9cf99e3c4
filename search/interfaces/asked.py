"""Counting what readers ask on the search page."""

from urllib.parse import parse_qs, urlsplit

from django.http import HttpRequest

from search.selectors import SearchPage
from search.services.asked_queries import note_asked


def count_asked(request: HttpRequest, found: SearchPage) -> None:
    """Count the query of a first page without filters, and what was asked on the page before it.

    Nothing of the request is kept but the two texts; see docs/decisions/0026.
    """
    is_question = request.method == "GET" and found.query and not set(request.GET) - {"q"}
    if is_question:
        total = 0 if found.loosened else found.total
        note_asked(found.query, found=total, before=asked_before(request))


def asked_before(request: HttpRequest) -> str:
    """Return the query of the page of results from which this request was sent, or nothing."""
    try:
        page = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return ""
    if (page.netloc, page.path) != (request.get_host(), request.path):
        return ""
    return parse_qs(page.query).get("q", [""])[0]
