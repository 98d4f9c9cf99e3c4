"""Schedules: each due time becomes one job, whichever worker sees it first."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from catalogue import clock
from catalogue.enums import JobState
from catalogue.jobs import Schedule
from catalogue.models import Job, ScheduledRun
from catalogue.services.jobs import enqueue


def enqueue_due_schedules(*, schedules: Iterable[Schedule]) -> int:
    """Make a job of each schedule that is due and return how many were made.

    A schedule whose last job is not over yet waits for it, so that a failing or slow one never
    piles up.
    """
    now = clock.now()
    due = [(plan, plan.next_due(now, _last_due_time(plan))) for plan in schedules]
    return sum(_enqueue_once(plan, due_at) for plan, due_at in due if due_at is not None)


def _last_due_time(plan: Schedule) -> datetime | None:
    runs = ScheduledRun.objects.filter(name=plan.name).order_by("-due_at")
    return runs.values_list("due_at", flat=True).first()


def _enqueue_once(plan: Schedule, due_at: datetime) -> bool:
    unfinished = Job.objects.filter(kind=plan.kind, state__in=[JobState.PENDING, JobState.RUNNING])
    if unfinished.exists():
        return False
    with transaction.atomic():
        _run, first = ScheduledRun.objects.get_or_create(name=plan.name, due_at=due_at)
        if first:
            enqueue(kind=plan.kind, payload={"due_at": due_at.isoformat()})
    return first
