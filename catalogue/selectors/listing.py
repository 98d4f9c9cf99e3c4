"""Lists of procedures: which versions they hold, in which order, and how many of each kind."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

from django.core.cache import caches
from django.db.models import Count, Exists, F, OuterRef, QuerySet

from catalogue import clock
from catalogue.documents import SCHEMA_NUMBER, lift
from catalogue.models import Agency, Field, ProcedureVersion
from catalogue.models.version import LISTING_FACETS, ProcedureVersionQuerySet
from catalogue.selectors.changes import last_sequence
from catalogue.selectors.procedures import Standing

ORDER = ("sort_key", "code", "valid_from")
# What a list is not narrowed by.
ANY = ""
# The key names the change and the day, so nothing kept is ever wrong; this only frees memory.
_KEPT_FOR = timedelta(hours=1)


@dataclass(frozen=True)
class Narrowing:
    """By what a list is narrowed: primary keys of agency and field, and exact values."""

    agency: int | None = None
    field: int | None = None
    level: str = ANY
    audience: str = ANY
    letter: str = ANY


@dataclass(frozen=True)
class Kind:
    """Procedures that lists do not tell apart, and how many they are."""

    agency: int
    field: int
    letter: str
    levels: tuple[str, ...]
    audiences: tuple[str, ...]
    number: int

    def has(self, facet: str, value: Any) -> bool:
        """Whether these procedures have the `value` of a facet."""
        return value in self.values(facet)

    def values(self, facet: str) -> tuple[Any, ...]:
        """Return the values that these procedures have of a facet."""
        match facet:
            case "level":
                return self.levels
            case "audience":
                return self.audiences
        return (getattr(self, facet),)


@dataclass(frozen=True)
class Listing:
    """The kinds of all procedures of one standing on a day, with the names of who has them."""

    standing: Standing
    day: date
    kinds: Sequence[Kind]
    agencies: Mapping[int, Agency]
    fields: Mapping[int, Field]

    def total(self, narrowing: Narrowing) -> int:
        """Return how many procedures a narrowed list holds."""
        return sum(kind.number for kind in self._kinds(narrowing))

    def counts(self, facet: str, narrowing: Narrowing) -> Counter[Any]:
        """Return how many procedures have each value of a facet, its own narrowing left out."""
        counted: Counter[Any] = Counter()
        for kind in self._kinds(narrowing, but=facet):
            for value in kind.values(facet):
                counted[value] += kind.number
        return counted

    def _kinds(self, narrowing: Narrowing, but: str = "") -> Sequence[Kind]:
        asked = [
            (facet, value)
            for facet, value in vars(narrowing).items()
            if value not in (None, ANY) and facet != but
        ]
        return [kind for kind in self.kinds if all(kind.has(*each) for each in asked)]


def listing(standing: Standing = Standing.IN_FORCE, on: date | None = None) -> Listing:
    """Return what lists of a `standing` on a day (today without one) hold.

    That of today is kept in memory until the catalogue changes or the day ends; other days are
    endless, and asked for seldom.
    """
    today = clock.today()
    day = on or today
    if day != today:
        return _read_listing(standing, day)
    key = f"listing:{last_sequence()}:{day:%Y%m%d}:{standing.value}"
    kept = caches["local"].get_or_set(
        key, lambda: _read_listing(standing, day), _KEPT_FOR.total_seconds()
    )
    return cast("Listing", kept)


def listed_versions(
    narrowing: Narrowing, standing: Standing = Standing.IN_FORCE, on: date | None = None
) -> QuerySet[ProcedureVersion]:
    """Return the versions of a narrowed list, in Vietnamese order of their names."""
    versions = _versions(standing, on or clock.today()).order_by(*ORDER)
    if narrowing.agency is not None:
        versions = versions.filter(agency_id=narrowing.agency)
    if narrowing.field is not None:
        versions = versions.filter(field_id=narrowing.field)
    if narrowing.letter:
        versions = versions.filter(letter=narrowing.letter)
    if narrowing.level:
        versions = versions.filter(levels__contains=f"|{narrowing.level}|")
    if narrowing.audience:
        versions = versions.filter(audiences__contains=f"|{narrowing.audience}|")
    return versions


@dataclass(frozen=True)
class ListedVersion:
    """A version of a list, with the channels of its document in the shape of today."""

    version: ProcedureVersion
    channels: Sequence[dict[str, Any]]


def rows_of(versions: QuerySet[ProcedureVersion], start: int, stop: int) -> list[ListedVersion]:
    """Return the versions `start` to `stop` of a list, each with the channels of its document.

    The index alone tells which they are; only these rows are read, and no whole document.
    """
    keys = list(versions.values_list("pk", flat=True)[start:stop])
    found = (
        ProcedureVersion.objects.select_related("agency", "field")
        .defer("document")
        .annotate(channels=F("document__channels"))
        .in_bulk(keys)
    )
    return [ListedVersion(found[key], _channels(found[key])) for key in keys]


def _channels(version: ProcedureVersion) -> Sequence[dict[str, Any]]:
    if version.schema_number != SCHEMA_NUMBER:
        version_as_today = lift(version.document)
        return cast("Sequence[dict[str, Any]]", version_as_today["channels"])
    return cast("Sequence[dict[str, Any]]", vars(version)["channels"])


def _versions(standing: Standing, day: date) -> ProcedureVersionQuerySet:
    versions = ProcedureVersion.objects.all()
    match standing:
        case Standing.IN_FORCE:
            return versions.in_force_on(day)
        case Standing.UPCOMING:
            return versions.entered().filter(valid_from__gt=day)
    later = ProcedureVersion.objects.filter(
        procedure=OuterRef("procedure"), valid_from__gt=OuterRef("valid_from")
    )
    return versions.entered().filter(~Exists(later), valid_to__lte=day)


def _read_listing(standing: Standing, day: date) -> Listing:
    rows = (
        _versions(standing, day)
        .order_by()
        .values_list(*LISTING_FACETS)
        .annotate(number=Count("pk"))
    )
    kinds = [
        Kind(agency, field, letter, _unbarred(levels), _unbarred(audiences), number)
        for agency, field, letter, levels, audiences, number in rows
    ]
    return Listing(
        standing=standing,
        day=day,
        kinds=kinds,
        agencies=Agency.objects.in_bulk({kind.agency for kind in kinds}),
        fields=Field.objects.in_bulk({kind.field for kind in kinds}),
    )


def _unbarred(values: str) -> tuple[str, ...]:
    """Return the values that stand between bars: |province|commune|."""
    return tuple(value for value in values.split("|") if value)
