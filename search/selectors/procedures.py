"""Finding procedures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from search.engines import Found, Hit, current_engine
from search.highlight import Segment, highlight, passage
from search.query import Filters, SearchQuery, parse_query
from search.ranking import NEAREST_FIRST
from search.selectors.accents import meant_text


@dataclass(frozen=True)
class SearchItem:
    """One procedure found, with what answers most questions at once.

    `time_limits`, `fees` and the agencies at `places` are the first different ones, three at most.
    """

    code: str
    name: str
    family: str
    levels: Sequence[str]
    agency: str | None
    field: str | None
    channels: Sequence[str]
    online_level: Mapping[str, Any] | None
    time_limits: Sequence[Mapping[str, Any]]
    fees: Sequence[Mapping[str, Any]]
    places: Sequence[str]
    name_segments: Sequence[Segment]
    passage_segments: Sequence[Segment]

    @property
    def nearest_level(self) -> str | None:
        """The level nearest to a citizen among those at which the procedure is handled."""
        return next((level for level in NEAREST_FIRST if level in self.levels), None)


@dataclass(frozen=True)
class FacetValue:
    """A value by which the answer can be narrowed, and how many procedures have it."""

    value: str
    count: int
    selected: bool


@dataclass(frozen=True)
class SearchPage:
    """One page of an answer.

    `loosened` tells that no procedure has enough of the words and those with any are shown.
    """

    query: str
    page: int
    size: int
    total: int
    items: Sequence[SearchItem]
    facets: Mapping[str, Sequence[FacetValue]]
    did_you_mean: str | None
    loosened: bool


def search_procedures(
    q: str,
    *,
    page: int = 1,
    size: int = 10,
    filters: Filters | None = None,
    order: str = "",
) -> SearchPage:
    """Return a page of the procedures in force that answer a reader's words, the best first.

    `page` counts from 1, `size` is at most 50; no page reaches beyond 10,000 hits. `filters` gives
    accepted values by facet (see `FACETS`), `order` one of `ORDERS` instead of the best first.
    Without words all procedures answer. Raises IndexUnusableError.
    """
    query = replace(parse_query(q, filters=filters, page=page, size=size), order=order)
    found, loosened = _search(query)
    return SearchPage(
        query=query.text,
        page=query.offset // query.limit + 1,
        size=query.limit,
        total=found.total,
        items=[_item(hit, query) for hit in found.hits],
        facets=_facets(found, query),
        did_you_mean=meant_text(query.text),
        loosened=loosened,
    )


def settle(query: SearchQuery) -> SearchQuery:
    """Return how many words a query demands: all where some procedure is called so, else enough.

    Words that no name has together are a description: a third of them must do.
    Raises IndexUnusableError.
    """
    is_name = bool(query.groups) and current_engine().has_answer(query.named())
    return query.all_of() if is_name else query


def _search(query: SearchQuery) -> tuple[Found, bool]:
    settled = settle(query)
    found = current_engine().search(settled)
    if found.total or settled.needed <= 1:
        return found, False
    found = current_engine().search(settled.any_of())
    return found, bool(found.total)


def _item(hit: Hit, query: SearchQuery) -> SearchItem:
    shown = hit.shown
    return SearchItem(
        code=hit.code,
        name=shown["name"],
        family=shown["family"],
        levels=shown["levels"],
        agency=shown["agency"],
        field=shown["field"],
        channels=shown["channels"],
        online_level=shown["online_level"],
        time_limits=shown["time_limits"],
        fees=shown["fees"],
        places=shown["places"],
        name_segments=highlight(shown["name"], query.highlight),
        passage_segments=passage(shown["passage"], query.highlight),
    )


def _facets(found: Found, query: SearchQuery) -> dict[str, list[FacetValue]]:
    """Return the values by frequency; selected ones stay, also when they count nothing."""
    facets = {}
    for name, counts in found.facets.items():
        selected = set(query.filters.get(name, ()))
        counts = dict.fromkeys(selected, 0) | dict(counts)
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        facets[name] = [FacetValue(value, count, value in selected) for value, count in ordered]
    return facets
