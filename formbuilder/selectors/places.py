"""Provinces and communes of today, by their official codes."""

from collections.abc import Iterable

from django.db.models import QuerySet

from catalogue import clock
from catalogue.enums import AgencyKind, Level
from catalogue.models import Agency
from catalogue.text import fold

# How the name of every people's committee begins, without marks.
COMMITTEE = "uy ban nhan dan "


def provinces() -> list[tuple[str, str]]:
    """Return (code, name) of every province, in Vietnamese order."""
    return _places(_committees(Level.PROVINCE))


def communes_of(province: str) -> list[tuple[str, str]]:
    """Return (code, name) of every commune of the province with the code `province`."""
    if not province:
        return []
    return _places(_committees(Level.COMMUNE).filter(parent__place_code=province))


def commune_of(commune: str, province: str) -> bool:
    """Whether `commune` is the code of a commune of `province` today."""
    communes = _committees(Level.COMMUNE).filter(parent__place_code=province)
    return communes.filter(place_code=commune).exists()


def names_of(codes: Iterable[str | None]) -> list[str]:
    """Return the newest names of places, in the order of `codes`; an unknown code stays itself."""
    wanted = [code for code in codes if code]
    places = Agency.objects.filter(kind=AgencyKind.PEOPLES_COMMITTEE, place_code__in=wanted)
    names = dict(_places(places.order_by("valid_from")))
    return [names.get(code, code) for code in wanted]


def place_name(committee: str) -> str:
    """Return the place that the people's committee with the name `committee` governs."""
    folded = fold(committee)
    if not folded.startswith(COMMITTEE):
        return committee
    place = committee[len(COMMITTEE) :]
    return place[:1].upper() + place[1:]


def _places(committees: QuerySet[Agency]) -> list[tuple[str, str]]:
    return [(code, place_name(name)) for code, name in committees.values_list("place_code", "name")]


def _committees(level: Level) -> QuerySet[Agency]:
    return (
        Agency.objects.valid_on(clock.today())
        .filter(kind=AgencyKind.PEOPLES_COMMITTEE, level=level)
        .order_by("sort_key")
    )
