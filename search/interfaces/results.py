"""An answer arranged for the page: rows with words, facets and orders with addresses."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.core.paginator import Page, Paginator

from catalogue.text import sort_key
from catalogue.wording import fee_words, time_words
from search.analysis import folded_terms
from search.highlight import Segment
from search.interfaces.labels import FACET_TITLES, SORT_TITLES, facet_label
from search.interfaces.parameters import SearchParameters
from search.query import MAX_RESULTS
from search.selectors import FacetValue, SearchItem, SearchPage

# So many values of a facet are shown at once; the rest unfolds.
_SHOWN_VALUES = 8


@dataclass(frozen=True)
class ResultRow:
    """One hit with its facts in words; it `has_news` where its passage says more than its name."""

    item: SearchItem
    levels: Sequence[str]
    time_limit: str
    fee: str
    channels: Sequence[str]
    has_news: bool
    siblings: Sequence["Sibling"]


@dataclass(frozen=True)
class Sibling:
    """The same procedure at another level, which `label` tells."""

    code: str
    name: str
    label: str


@dataclass(frozen=True)
class FacetOption:
    """One value of a facet; `address` selects it, or takes it back when it is selected."""

    label: str
    count: int
    selected: bool
    address: str


@dataclass(frozen=True)
class FacetBox:
    """A facet with its values: those shown at once, and the rest."""

    name: str
    title: str
    shown: Sequence[FacetOption]
    more: Sequence[FacetOption]


@dataclass(frozen=True)
class SortOption:
    """One order of the answer."""

    label: str
    selected: bool
    address: str


def result_rows(found: SearchPage) -> list[ResultRow]:
    """Return the hits of a page with their facts in words, a family that levels divide as one."""
    families = groupby(found.items, key=lambda item: item.family)
    return [_row(*members) for _family, members in families]


def facet_boxes(found: SearchPage, asked: SearchParameters) -> list[FacetBox]:
    """Return the facets that can narrow an answer or already do."""
    boxes = (_box(name, found.facets[name], asked) for name in FACET_TITLES)
    return [box for box in boxes if len(box.shown) > 1 or any(o.selected for o in box.shown)]


def selected_options(boxes: Sequence[FacetBox]) -> list[FacetOption]:
    """Return the values in force, for chips that take them back."""
    return [option for box in boxes for option in box.shown if option.selected]


def sort_options(asked: SearchParameters) -> list[SortOption]:
    """Return the orders that a page offers; without words no procedure is the best match."""
    titles = {sort: title for sort, title in SORT_TITLES.items() if sort or asked.q}
    return [
        SortOption(str(title), sort == asked.sort, asked.sorted_by(sort).address)
        for sort, title in titles.items()
    ]


def browse_fields(found: SearchPage) -> list[FacetOption]:
    """Return all fields in alphabetical order, each leading to its procedures."""
    nothing = SearchParameters(q="", filters={})
    options = [_option("field", value, nothing) for value in found.facets["field"]]
    return sorted(options, key=lambda option: sort_key(option.label))


def page_of(found: SearchPage) -> Page[int]:
    """Return the place of this page among all pages that can be reached."""
    return Paginator(range(min(found.total, MAX_RESULTS)), found.size).get_page(found.page)


def _row(item: SearchItem, *others: SearchItem) -> ResultRow:
    return ResultRow(
        item=item,
        levels=_levels(item),
        time_limit=_joined(map(time_words, item.time_limits)),
        fee=_joined(map(fee_words, item.fees)),
        channels=[facet_label("channel", kind) for kind in item.channels],
        has_news=not _found(item.passage_segments) <= _found(item.name_segments),
        siblings=[
            Sibling(other.code, other.name, ", ".join(_levels(other)) or other.code)
            for other in others
        ],
    )


def _levels(item: SearchItem) -> list[str]:
    return [facet_label("level", level) for level in item.levels]


def _found(segments: Iterable[Segment]) -> set[str]:
    return {word for one in segments if one.found for word in folded_terms(one.text)}


def _joined(words: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(words))


def _box(name: str, values: Sequence[FacetValue], asked: SearchParameters) -> FacetBox:
    options = list(_options(name, values, asked))
    return FacetBox(
        name=name,
        title=str(FACET_TITLES[name]),
        shown=options[:_SHOWN_VALUES],
        more=options[_SHOWN_VALUES:],
    )


def _options(
    name: str, values: Sequence[FacetValue], asked: SearchParameters
) -> Iterator[FacetOption]:
    """Yield the values, selected ones first."""
    for value in sorted(values, key=lambda value: not value.selected):
        yield _option(name, value, asked)


def _option(name: str, value: FacetValue, asked: SearchParameters) -> FacetOption:
    return FacetOption(
        label=facet_label(name, value.value),
        count=value.count,
        selected=value.selected,
        address=asked.toggled(name, value.value).address,
    )
