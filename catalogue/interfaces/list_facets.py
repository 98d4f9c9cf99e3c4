"""The values by which a list can be narrowed, arranged for its page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from catalogue.enums import Audience, Level
from catalogue.interfaces.list_parameters import (
    OTHER_LETTER,
    PARAMETERS,
    STANDING,
    STANDINGS,
    ListParameters,
)
from catalogue.selectors.listing import Listing
from catalogue.selectors.procedures import Standing
from catalogue.text import LETTERS

# In the order in which a page offers them; letters stand above the list.
TITLES = {
    "level": _("Level"),
    "field": _("Field"),
    "agency": _("Publishing agency"),
    "audience": _("Who it is for"),
}
STANDING_LABELS = {
    Standing.IN_FORCE: _("In force"),
    Standing.UPCOMING: _("Not yet in force"),
    Standing.ENDED: _("No longer in force"),
}
# Facets whose values are names of the state, which are Vietnamese on every page.
_NAMED_IN_VIETNAMESE = ("field", "agency")
# So many values of a facet are shown at once; the rest unfolds.
_SHOWN_VALUES = 8


@dataclass(frozen=True)
class ListOption:
    """One value of a facet; `address` selects it, or takes it back when it is selected."""

    label: str
    count: int | None
    selected: bool
    address: str
    # Of the label, where it is not that of the page.
    language: str = ""


@dataclass(frozen=True)
class ListFacet:
    """A facet with its values: those shown at once, and the rest."""

    name: str
    title: str
    shown: Sequence[ListOption]
    more: Sequence[ListOption]


def list_facets(asked: ListParameters, address: QueryDict) -> list[ListFacet]:
    """Return the facets that can narrow a list or already do."""
    boxes = (_facet(name, asked, address) for name in TITLES)
    return [box for box in boxes if len(box.shown) > 1 or any(o.selected for o in box.shown)]


def letter_options(asked: ListParameters, address: QueryDict) -> list[ListOption]:
    """Return the letters of the alphabet with which names of the list begin, in its order."""
    counts = asked.listing.counts("letter", asked.narrowing)
    return [
        _option("letter", letter, letter, counts[letter], asked, address)
        for letter in (*LETTERS.upper(), OTHER_LETTER)
        if counts[letter] or asked.narrowing.letter == letter
    ]


def standing_options(asked: ListParameters, address: QueryDict) -> list[ListOption]:
    """Return the standings of which there are lists."""
    return [
        ListOption(
            str(STANDING_LABELS[standing]),
            None,
            asked.listing.standing is standing,
            _with(address, STANDING, "" if standing is Standing.IN_FORCE else value),
        )
        for value, standing in STANDINGS.items()
    ]


def selected_options(
    facets: Sequence[ListFacet], letters: Sequence[ListOption]
) -> list[ListOption]:
    """Return the values in force, for chips that take them back."""
    options = [option for facet in facets for option in facet.shown]
    return [option for option in (*options, *letters) if option.selected]


def _facet(name: str, asked: ListParameters, address: QueryDict) -> ListFacet:
    options = sorted(_options(name, asked, address), key=_most_first)
    options.sort(key=lambda option: not option.selected)
    return ListFacet(name, str(TITLES[name]), options[:_SHOWN_VALUES], options[_SHOWN_VALUES:])


def _options(name: str, asked: ListParameters, address: QueryDict) -> Iterator[ListOption]:
    counts = asked.listing.counts(name, asked.narrowing)
    selected = getattr(asked.narrowing, name)
    if selected:
        counts.setdefault(selected, 0)
    for value, count in counts.items():
        key, label = _named(name, value, asked.listing)
        yield _option(name, key, label, count, asked, address)


def _option(
    name: str, key: str, label: str, count: int, asked: ListParameters, address: QueryDict
) -> ListOption:
    selected = bool(getattr(asked.narrowing, name)) and address.get(name) == key
    return ListOption(
        label,
        count,
        selected,
        _with(address, name, "" if selected else key),
        "vi" if name in _NAMED_IN_VIETNAMESE else "",
    )


def _named(name: str, value: Any, listed: Listing) -> tuple[str, str]:
    """Return how addresses and people name a value."""
    match name:
        case "agency":
            return listed.agencies[value].code, listed.agencies[value].name
        case "field":
            return listed.fields[value].address_key, listed.fields[value].name
    return value, str(_LABELS[name].get(value, value))


def _with(address: QueryDict, name: str, value: str) -> str:
    """Return the address with one value changed, on its first page."""
    kept = {known: address[known] for known in PARAMETERS if address.get(known)}
    kept.pop("page", None)
    changed = {**kept, name: value}
    return f"?{urlencode({key: said for key, said in changed.items() if said})}"


def _most_first(option: ListOption) -> tuple[int, str]:
    return -(option.count or 0), option.label


_LABELS: Mapping[str, Mapping[str, Any]] = {
    "level": dict(Level.choices),
    "audience": dict(Audience.choices),
}
