"""How often procedures are looked at and asked for."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import F, Sum

from catalogue import clock
from catalogue.models import ProcedureUsage

_COUNTED = timedelta(days=365)


def uses_by_code(codes: Iterable[str] | None = None) -> dict[str, int]:
    """Return the uses of the last 12 months by code: views, dossiers submitted and received.

    Only of `codes` when they are given; a procedure that nobody used is not among them.
    """
    usage = ProcedureUsage.objects.filter(month__gt=clock.today() - _COUNTED)
    if codes is not None:
        usage = usage.filter(procedure_code__in=list(codes))
    sums = usage.values("procedure_code").annotate(
        uses=Sum(F("views") + F("submitted") + F("received"))
    )
    return {row["procedure_code"]: row["uses"] for row in sums if row["uses"]}
