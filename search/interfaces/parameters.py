"""What an address says about a search, and the one address that says it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.http import QueryDict

from search.documents import FACETS
from search.query import Filters, clean

# More values of one facet than any reader selects are not looked at.
_MAX_VALUES = 20
_LONGEST_VALUE = 300
# What an address calls the orders of an answer; "" is the best first.
ORDER_OF_SORT = {"": "", "name": "order_name", "newest": "order_newest"}


@dataclass(frozen=True)
class SearchParameters:
    """The reader's words, the selected facet values, the order and the page."""

    q: str
    filters: Filters
    sort: str = ""
    page: int = 1

    @property
    def order(self) -> str:
        """The field of the index by which the answer is put in order."""
        return ORDER_OF_SORT[self.sort]

    @property
    def query_dict(self) -> QueryDict:
        """The parameters in the one order in which our addresses write them, without the page."""
        said = QueryDict(mutable=True)
        said.setlist("q", [self.q] if self.q else [])
        for name in FACETS:
            said.setlist(name, list(self.filters.get(name, ())))
        said.setlist("sort", [self.sort] if self.sort else [])
        return said

    @property
    def address(self) -> str:
        """The address of the first page of this search, within the search page."""
        return f"?{self.query_dict.urlencode()}"

    def asking(self, q: str) -> "SearchParameters":
        """Return the search for other words, narrowed in the same way."""
        return replace(self, q=q, page=1)

    def sorted_by(self, sort: str) -> "SearchParameters":
        """Return this search in another order."""
        return replace(self, sort=sort, page=1)

    def toggled(self, name: str, value: str) -> "SearchParameters":
        """Return this search with a value of a facet selected, or taken back if it is."""
        values = self.filters.get(name, ())
        others = [other for other in values if other != value]
        changed = others if value in values else [*others, value]
        return replace(self, filters={**self.filters, name: changed}, page=1)


def read_parameters(address: QueryDict) -> SearchParameters:
    """Return what an address says, without what is unknown; a page that is none is the first."""
    sort = address.get("sort", "")
    return SearchParameters(
        q=clean(address.get("q", "")),
        filters=read_filters(address),
        sort=sort if sort in ORDER_OF_SORT else "",
        page=_page_number(address.get("page", "")),
    )


def read_filters(address: QueryDict) -> Mapping[str, Sequence[str]]:
    """Return the selected values of every facet named in an address, each once."""
    selected = {name: list(dict.fromkeys(address.getlist(name)))[:_MAX_VALUES] for name in FACETS}
    kept = {name: [v[:_LONGEST_VALUE] for v in values if v] for name, values in selected.items()}
    return {name: values for name, values in kept.items() if values}


def _page_number(text: str) -> int:
    is_number = text.isascii() and text.isdigit()
    return int(text[:9]) if is_number else 1
