"""What the home page shows of the catalogue."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from django.core.cache import caches

from catalogue import clock
from catalogue.documents import lift
from catalogue.models import ProcedureVersion
from catalogue.selectors.changes import last_sequence
from catalogue.selectors.listing import Narrowing, listing
from catalogue.selectors.places import FieldCount
from catalogue.selectors.usage import most_used_codes

PROCEDURES_SHOWN = 6
FIELDS_SHOWN = 12
# Use is counted all day long without a change in the catalogue.
KEPT_FOR = timedelta(minutes=10)


@dataclass(frozen=True)
class ListedProcedure:
    """A procedure as a list names it."""

    code: str
    name: str
    agency: str


@dataclass(frozen=True)
class HomeLists:
    """What the home page lists of the catalogue on a day."""

    used: list[ListedProcedure]
    newest: list[ListedProcedure]
    fields: list[FieldCount]
    in_force: int


def home_lists() -> HomeLists:
    """Return the lists of today, kept until the catalogue changes or the day ends."""
    key = f"home:{last_sequence()}:{clock.today():%Y%m%d}"
    lists = caches["local"].get_or_set(key, _read_lists, KEPT_FOR.total_seconds())
    return cast("HomeLists", lists)


def most_used_procedures(limit: int) -> list[ListedProcedure]:
    """Return the procedures in force that were read and filed most in the last quarter."""
    codes = most_used_codes(limit)
    versions = ProcedureVersion.objects.in_force_on(clock.today()).filter(code__in=codes)
    return [_listed(version) for version in sorted(versions, key=lambda one: codes.index(one.code))]


def newest_procedures(limit: int, *, without: Iterable[str] = ()) -> list[ListedProcedure]:
    """Return the procedures that came into force last, leaving out the codes in `without`."""
    versions = ProcedureVersion.objects.in_force_on(clock.today()).exclude(code__in=without)
    return [_listed(version) for version in versions.order_by("-valid_from", "-pk")[:limit]]


def field_counts(limit: int) -> list[FieldCount]:
    """Return the fields with the most procedures in force, the largest first."""
    listed = listing()
    counts = [
        FieldCount(listed.fields[pk], count)
        for pk, count in listed.counts("field", Narrowing()).items()
    ]
    return sorted(counts, key=lambda each: (-each.procedures, each.field.sort_key))[:limit]


def _read_lists() -> HomeLists:
    used = most_used_procedures(PROCEDURES_SHOWN)
    codes = [procedure.code for procedure in used]
    return HomeLists(
        used=used,
        newest=newest_procedures(PROCEDURES_SHOWN - len(used), without=codes),
        fields=field_counts(FIELDS_SHOWN),
        in_force=listing().total(Narrowing()),
    )


def _listed(version: ProcedureVersion) -> ListedProcedure:
    agency = lift(version.document)["agencies"]["publishing"]["name"]
    return ListedProcedure(version.code, version.name, agency)
