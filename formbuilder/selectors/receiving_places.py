"""Where a dossier can be handed in: the agencies of the procedure's levels."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet

from catalogue import clock
from catalogue.enums import AgencyKind, Level
from catalogue.models import Agency
from catalogue.text import fold
from formbuilder.selectors.places import place_name

MOST_FOUND = 30
_COMMITTEE_LEVELS = {Level.PROVINCE, Level.COMMUNE}
# What every name begins with tells nothing about the place.
_COMMON_WORDS = frozenset(
    ["uy", "ban", "nhan", "dan", "xa", "phuong", "tinh", "thanh", "pho", "dac", "khu"]
)


def receiving_agencies(document: Mapping[str, Any]) -> QuerySet[Agency]:
    """Return the agencies that receive the procedure `document`, in Vietnamese order.

    People's committees of its levels; at ministry level and elsewhere the publishing agency.
    """
    levels = set(document["levels"])
    wanted = Q(pk__in=[])
    if levels & _COMMITTEE_LEVELS:
        wanted |= Q(kind=AgencyKind.PEOPLES_COMMITTEE, level__in=levels & _COMMITTEE_LEVELS)
    if levels - _COMMITTEE_LEVELS or not levels:
        wanted |= Q(code=document["agencies"]["publishing"]["code"])
    valid = Agency.objects.valid_on(clock.today())
    return valid.filter(wanted).select_related("parent").order_by("sort_key")


def find_receiving_agencies(document: Mapping[str, Any], text: str) -> list[Agency]:
    """Return up to `MOST_FOUND` receiving agencies whose name, with that of the province, holds
    every word of `text`, typed with or without marks; those that begin with it first."""
    words = fold(text[:80]).split()
    if not words:
        return []
    rows = receiving_agencies(document).values_list("pk", "name", "parent__name")
    found = [
        (_rank(words, name, parent), pk) for pk, name, parent in rows if _holds(words, name, parent)
    ]
    keys = [pk for _rank_of, pk in sorted(found, key=lambda pair: pair[0])[:MOST_FOUND]]
    agencies = Agency.objects.select_related("parent").in_bulk(keys)
    return [agencies[pk] for pk in keys]


def only_receiving_agency(document: Mapping[str, Any]) -> Agency | None:
    """Return the agency when there is exactly one, else None."""
    first_two = list(receiving_agencies(document)[:2])
    return first_two[0] if len(first_two) == 1 else None


def _holds(words: Iterable[str], name: str, parent: str | None) -> bool:
    known = _words(name) | _words(parent or "")
    return all(any(known_word.startswith(word) for known_word in known) for word in words)


def described_place(agency: Agency) -> str:
    """Return the place of a receiving agency, with its province where it has one, for a list."""
    names = [place_name(agency.name)]
    if agency.level == Level.COMMUNE and agency.parent is not None:
        names.append(place_name(agency.parent.name))
    return ", ".join(names)


def _rank(words: Iterable[str], name: str, parent: str | None) -> tuple[int, int]:
    """Order by how much of the name itself was typed; the province's name counts less."""
    own, telling = _words(name), [word for word in words if word not in _COMMON_WORDS]
    return (-sum(word in own for word in telling), len(name))


@lru_cache(maxsize=8192)
def _words(name: str) -> frozenset[str]:
    return frozenset(fold(name).split())
