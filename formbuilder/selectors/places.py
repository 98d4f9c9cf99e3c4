"""Provinces and communes of today, by their official codes."""

from collections.abc import Iterable

from django.db.models import QuerySet

from catalogue import clock
from catalogue.enums import AgencyKind, Level
from catalogue.models import Agency


def provinces() -> list[tuple[str, str]]:
    """Return (code, name) of every province, in Vietnamese order."""
    return list(_committees(Level.PROVINCE).values_list("place_code", "name"))


def communes_of(province: str) -> list[tuple[str, str]]:
    """Return (code, name) of every commune of the province with the code `province`."""
    if not province:
        return []
    communes = _committees(Level.COMMUNE).filter(parent__place_code=province)
    return list(communes.values_list("place_code", "name"))


def commune_of(commune: str, province: str) -> bool:
    """Whether `commune` is the code of a commune of `province` today."""
    communes = _committees(Level.COMMUNE).filter(parent__place_code=province)
    return communes.filter(place_code=commune).exists()


def names_of(codes: Iterable[str | None]) -> list[str]:
    """Return the newest names of places, in the order of `codes`; an unknown code stays itself."""
    wanted = [code for code in codes if code]
    places = Agency.objects.filter(kind=AgencyKind.PEOPLES_COMMITTEE, place_code__in=wanted)
    names = dict(places.order_by("valid_from").values_list("place_code", "name"))
    return [names.get(code, code) for code in wanted]


def _committees(level: Level) -> QuerySet[Agency]:
    return (
        Agency.objects.valid_on(clock.today())
        .filter(kind=AgencyKind.PEOPLES_COMMITTEE, level=level)
        .order_by("sort_key")
    )
