"""An answer arranged for the page: rows with words, facets with addresses."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import QueryDict

from catalogue.text import sort_key
from catalogue.wording import fee_words, time_words
from search.interfaces.labels import FACET_TITLES, facet_label
from search.query import MAX_RESULTS
from search.selectors import FacetValue, SearchItem, SearchPage

# So many values of a facet are shown at once; the rest unfolds.
_SHOWN_VALUES = 8


@dataclass(frozen=True)
class ResultRow:
    """One hit with its facts in words."""

    item: SearchItem
    levels: Sequence[str]
    time_limit: str
    fee: str


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


def result_rows(found: SearchPage) -> list[ResultRow]:
    """Return the hits of a page with their facts in words."""
    return [_row(item) for item in found.items]


def facet_boxes(found: SearchPage, address: QueryDict) -> list[FacetBox]:
    """Return the facets that can narrow an answer or already do."""
    boxes = (_box(name, found.facets[name], address) for name in FACET_TITLES)
    return [box for box in boxes if len(box.shown) > 1 or any(o.selected for o in box.shown)]


def selected_options(boxes: Sequence[FacetBox]) -> list[FacetOption]:
    """Return the values in force, for chips that take them back."""
    return [option for box in boxes for option in box.shown if option.selected]


def browse_fields(found: SearchPage) -> list[FacetOption]:
    """Return all fields in alphabetical order, each leading to its procedures."""
    options = [_option("field", value, QueryDict()) for value in found.facets["field"]]
    return sorted(options, key=lambda option: sort_key(option.label))


def page_of(found: SearchPage) -> Page[int]:
    """Return the place of this page among all pages that can be reached."""
    return Paginator(range(min(found.total, MAX_RESULTS)), found.size).get_page(found.page)


def _row(item: SearchItem) -> ResultRow:
    return ResultRow(
        item=item,
        levels=[facet_label("level", level) for level in item.levels],
        time_limit=_joined(map(time_words, item.time_limits)),
        fee=_joined(map(fee_words, item.fees)),
    )


def _joined(words: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(words))


def _box(name: str, values: Sequence[FacetValue], address: QueryDict) -> FacetBox:
    options = list(_options(name, values, address))
    return FacetBox(
        name=name,
        title=str(FACET_TITLES[name]),
        shown=options[:_SHOWN_VALUES],
        more=options[_SHOWN_VALUES:],
    )


def _options(name: str, values: Sequence[FacetValue], address: QueryDict) -> Iterator[FacetOption]:
    """Yield the values, selected ones first."""
    for value in sorted(values, key=lambda value: not value.selected):
        yield _option(name, value, address)


def _option(name: str, value: FacetValue, address: QueryDict) -> FacetOption:
    toggled = address.copy()
    others = [other for other in address.getlist(name) if other != value.value]
    toggled.setlist(name, others if value.selected else [*others, value.value])
    toggled.pop("page", None)
    return FacetOption(
        label=facet_label(name, value.value),
        count=value.count,
        selected=value.selected,
        address=f"?{toggled.urlencode()}",
    )
