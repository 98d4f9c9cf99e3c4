"""Settling what an import could not tell for sure."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction

from catalogue import clock
from catalogue.models import Agency, ImportDoubt
from catalogue.permissions import Permission, require
from catalogue.services.audit import record
from catalogue.services.decisions import publishing_agency


@transaction.atomic
def settle_doubts(*, doubts: models.QuerySet[ImportDoubt], by: Any) -> int:
    """Note that `by` looked at `doubts` and found them right; return how many were open.

    Those that are settled already stay as they are. Raises `PermissionDenied` for a doubt of an
    agency at which `by` does not edit procedures; then none of them is settled.
    """
    open_ones = list(doubts.filter(settled_at__isnull=True).select_related("procedure"))
    for agency, settled in _by_agency(open_ones).items():
        require(by, Permission.EDIT_PROCEDURES, agency)
        for doubt in settled:
            record(
                by=by,
                action="import_doubt.settled",
                target=doubt,
                agency=agency,
                note=f"{doubt.procedure.code} {doubt}",
            )
    ImportDoubt.objects.filter(pk__in=[doubt.pk for doubt in open_ones]).update(
        settled_by=by, settled_at=clock.now()
    )
    return len(open_ones)


def _by_agency(doubts: Iterable[ImportDoubt]) -> dict[Agency, list[ImportDoubt]]:
    agencies: dict[str, Agency] = {}
    grouped: dict[Agency, list[ImportDoubt]] = {}
    for doubt in doubts:
        place = doubt.procedure.path[: -doubt.procedure.steplen]
        if place not in agencies:
            agencies[place] = publishing_agency(doubt.procedure)
        grouped.setdefault(agencies[place], []).append(doubt)
    return grouped
