"""How the worker is doing: for metrics, the readiness check and the administrators' page."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q

from catalogue import clock
from catalogue.enums import JobState
from catalogue.models import ChangeCursor, Job, ScheduledRun
from catalogue.selectors.changes import last_sequence

HEARTBEAT = "worker.heartbeat"
HEARTBEAT_EVERY = timedelta(minutes=1)
_SEEN_WITHIN = 3 * HEARTBEAT_EVERY


@dataclass(frozen=True)
class QueueState:
    """How many jobs stand where, and for how long the one that is most overdue has waited."""

    pending: int
    running: int
    dead: int
    oldest_wait: timedelta


@dataclass(frozen=True)
class ConsumerState:
    """How many changes a consumer of the outbox is behind, and its failures in a row."""

    consumer: str
    lag: int
    failures: int
    last_error: str


def queue_state() -> QueueState:
    """Return the state of the queue; a job that waits for its next try is not overdue."""
    now = clock.now()
    pending = Q(state=JobState.PENDING)
    figures = Job.objects.exclude(state=JobState.DONE).aggregate(
        pending=Count("pk", filter=pending),
        running=Count("pk", filter=Q(state=JobState.RUNNING)),
        dead=Count("pk", filter=Q(state=JobState.DEAD)),
        oldest=Min("next_try_at", filter=pending & Q(next_try_at__lte=now)),
    )
    oldest = figures.pop("oldest")
    return QueueState(**figures, oldest_wait=now - oldest if oldest else timedelta())


def consumer_states() -> list[ConsumerState]:
    """Return how far each consumer of the outbox is, by name."""
    last = last_sequence()
    return [
        ConsumerState(row.consumer, last - row.sequence, row.failures, row.last_error)
        for row in ChangeCursor.objects.order_by("consumer")
    ]


def worker_seen_at() -> datetime | None:
    """Return when a worker last gave a sign of life, or None if none ever did.

    The heartbeat is a scheduled job, so it shows that schedules and jobs run; a worker that is
    busy with a long job shows by the lease that it keeps.
    """
    now = clock.now()
    if Job.objects.filter(state=JobState.RUNNING, leased_until__gt=now).exists():
        return now
    beats = ScheduledRun.objects.filter(name=HEARTBEAT, done_at__isnull=False)
    return beats.order_by("-due_at").values_list("done_at", flat=True).first()


def worker_is_alive() -> bool:
    """Whether a worker gave a sign of life within three minutes."""
    seen = worker_seen_at()
    return seen is not None and clock.now() - seen <= _SEEN_WITHIN
