"""What the home page shows of the catalogue."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, F, Sum

from catalogue import clock
from catalogue.models import ProcedureUsage, ProcedureVersion

USAGE_WINDOW = timedelta(days=92)


@dataclass(frozen=True)
class CommonProcedure:
    """A procedure that many readers look for."""

    code: str
    name: str
    agency: str


@dataclass(frozen=True)
class FieldCount:
    """A field of administration and how many procedures of it are in force."""

    name: str
    procedures: int


def common_procedures(limit: int) -> list[CommonProcedure]:
    """Return the most used procedures of the last quarter, filled up with the newest in force."""
    used = list(_most_used_codes(limit))
    in_force = ProcedureVersion.objects.in_force_on(clock.today())
    shown = {row.code: row for row in _rows(in_force.filter(code__in=used))}
    newest = in_force.exclude(code__in=used).order_by("-valid_from", "-pk")
    popular = [shown[code] for code in used if code in shown]
    return popular + list(_rows(newest[: limit - len(popular)]))


def field_counts(limit: int) -> list[FieldCount]:
    """Return the fields with the most procedures in force, the largest first."""
    rows = (
        ProcedureVersion.objects.in_force_on(clock.today())
        .values(name=F("procedure__field__name"))
        .annotate(procedures=Count("pk"))
        .order_by("-procedures", "procedure__field__sort_key")
    )
    return [FieldCount(row["name"], row["procedures"]) for row in rows[:limit]]


def procedures_in_force() -> int:
    """Return how many procedures are in force today."""
    return ProcedureVersion.objects.in_force_on(clock.today()).count()


def _most_used_codes(limit: int) -> Iterable[str]:
    recent = ProcedureUsage.objects.filter(month__gte=clock.today() - USAGE_WINDOW)
    used = recent.values("procedure_code").annotate(uses=Sum("views") + Sum("submitted"))
    return used.order_by("-uses", "procedure_code").values_list("procedure_code", flat=True)[:limit]


def _rows(versions: Iterable[ProcedureVersion]) -> Iterable[CommonProcedure]:
    for version in versions:
        document = version.document
        yield CommonProcedure(
            version.code, document["name"], document["agencies"]["publishing"]["name"]
        )
