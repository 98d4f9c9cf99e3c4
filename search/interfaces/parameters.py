"""What an address says about a search."""

from dataclasses import dataclass

from django.http import QueryDict

from search.documents import FACETS
from search.query import Filters

# More values of one facet than any reader selects are not looked at.
_MAX_VALUES = 20


@dataclass(frozen=True)
class SearchParameters:
    """The reader's words, the page and the selected facet values."""

    q: str
    page: int
    filters: Filters


def read_parameters(address: QueryDict) -> SearchParameters:
    """Return what an address says; a page that is no number is the first."""
    return SearchParameters(
        q=address.get("q", ""),
        page=_page_number(address.get("page", "")),
        filters=read_filters(address),
    )


def read_filters(address: QueryDict) -> Filters:
    """Return the selected values of every facet named in an address."""
    selected = {name: address.getlist(name)[:_MAX_VALUES] for name in FACETS}
    return {name: values for name, values in selected.items() if any(values)}


def _page_number(text: str) -> int:
    is_number = text.isascii() and text.isdigit()
    return int(text[:9]) if is_number else 1
