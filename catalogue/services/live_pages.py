"""Days on which versions begin or end: the outbox and Wagtail's live state follow the calendar."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from catalogue import clock
from catalogue.jobs import job_handler, schedule
from catalogue.models import Procedure, ProcedureVersion, ScheduledRun
from catalogue.services.changes import announce
from catalogue.services.jobs import enqueue


@job_handler("catalogue.sync_live_pages")
def sync_live_pages(payload: dict[str, Any]) -> None:
    """Make the live state of the pages `payload["codes"]` that of their versions in force."""
    in_force = dict(
        ProcedureVersion.objects.in_force_on(clock.today())
        .filter(code__in=payload["codes"])
        .values_list("procedure_id", "revision_id")
    )
    for page in Procedure.objects.filter(code__in=payload["codes"]).only("pk", "latest_revision"):
        revision = in_force.get(page.pk)
        Procedure.objects.filter(pk=page.pk).update(
            live=revision is not None,
            live_revision=revision,
            has_unpublished_changes=revision != page.latest_revision_id,
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
