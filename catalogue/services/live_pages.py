"""Days on which versions begin or end: the outbox and Wagtail's live state follow the calendar."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from time import monotonic
from typing import Any

from django.db import transaction
from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When
from wagtail.models import Page

from catalogue import clock
from catalogue.jobs import job_handler, schedule
from catalogue.models import Procedure, ProcedureVersion, ScheduledRun
from catalogue.services.changes import announce
from catalogue.services.jobs import enqueue, renew_lease
from catalogue.write_lock import give_way

# Pages whose state changes in one transaction: a few milliseconds on SQLite.
BATCH = 200


@job_handler("catalogue.sync_live_pages", atomic=False)
def sync_live_pages(payload: dict[str, Any]) -> None:
    """Make the live state of the pages `payload["codes"]` that of their versions in force.

    Again and again gives the same: the state follows from the versions and the day.
    """
    codes = payload["codes"]
    for start in range(0, len(codes), BATCH):
        began = monotonic()
        _sync(codes[start : start + BATCH])
        give_way(monotonic() - began)
        renew_lease()


def _sync(codes: Sequence[str]) -> None:
    """Bring the pages of `codes` level by one statement, which is a transaction of its own."""
    held = ProcedureVersion.objects.in_force_on(clock.today()).filter(procedure=OuterRef("pk"))
    revision = Subquery(held.values("revision")[:1])
    Page.objects.filter(pk__in=Procedure.objects.filter(code__in=codes).values("pk")).update(
        live=Exists(held),
        live_revision=revision,
        has_unpublished_changes=Case(
            When(latest_revision=revision, then=Value(False)), default=Value(True)
        ),
    )


_DAILY = "catalogue.versions_by_date"


@schedule(_DAILY, at=time(0, 0, 1))
def follow_the_calendar() -> None:
    """Announce the procedures whose version began or ended since the last run, today included."""
    today = clock.today()
    days = (_last_followed(today) + timedelta(days=1), today)
    codes = list(
        ProcedureVersion.objects.entered()
        .filter(Q(valid_from__range=days) | Q(valid_to__range=days))
        .order_by("code")
        .values_list("code", flat=True)
        .distinct()
    )
    if codes:
        with transaction.atomic():
            enqueue(kind="catalogue.sync_live_pages", payload={"codes": codes})
            announce(kind="procedure_version", keys=codes)


def _last_followed(today: date) -> date:
    """Return the day of the last run before today: a standstill may have missed several."""
    midnight = datetime.combine(today, time(), clock.LOCAL_TZ)
    runs = ScheduledRun.objects.filter(name=_DAILY, due_at__lt=midnight).order_by("-due_at")
    last = runs.values_list("due_at", flat=True).first()
    return clock.local(last).date() if last else today - timedelta(days=1)
