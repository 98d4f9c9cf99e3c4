"""Jobs: put them in the queue, take them under a lease, run them, keep what went wrong."""

from contextlib import nullcontext
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from secrets import SystemRandom
from time import monotonic
from typing import Any

import structlog
from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from catalogue import clock
from catalogue.enums import JobPriority, JobState
from catalogue.jobs import SCHEDULE_KIND, JobKind, Registry
from catalogue.models import Job, ScheduledRun
from catalogue.redaction import describe_error

FIRST_DELAY = timedelta(seconds=5)
DELAY_GROWTH = 3
LONGEST_DELAY = timedelta(hours=1)
LONGEST_TRANSACTION_SECONDS = 0.25
KEPT_DONE = timedelta(days=14)
PURGE_BATCH = 500

_log = structlog.get_logger(__name__)
_random = SystemRandom()


class LeaseLost(Exception):
    """Another worker has taken the job over; what this one did in its transaction is undone."""


class UnknownJobKind(Exception):
    """No handler is registered for the kind of a job: this worker is older than the job."""


@dataclass(frozen=True)
class _Lease:
    job: Job
    length: timedelta

    def row(self) -> QuerySet[Job]:
        """Return the job's row as long as the lease holds: each taking counts an attempt."""
        return Job.objects.filter(
            pk=self.job.pk,
            state=JobState.RUNNING,
            leased_by=self.job.leased_by,
            attempts=self.job.attempts,
        )


_held: ContextVar[_Lease | None] = ContextVar("held_lease", default=None)


def enqueue(
    *,
    kind: str,
    payload: dict[str, Any],
    dedupe_key: str | None = None,
    waiting_key: str | None = None,
    priority: JobPriority = JobPriority.PEOPLE,
    run_at: datetime | None = None,
) -> Job:
    """Queue a job of `kind` in the caller's transaction and return it.

    `payload` is JSON: identifiers rather than personal data. A `dedupe_key` belongs to one job
    for as long as jobs are kept (14 days after they are done): the same key again returns that
    job. A `waiting_key` belongs to one job until a worker takes it, and is given without
    `dedupe_key` and `run_at`. The job runs once the transaction has committed, not before the
    moment `run_at`; of the due jobs those of the lower `priority` number go first.
    """
    values = {
        "kind": kind,
        "payload": payload,
        "priority": priority,
        "next_try_at": run_at or clock.now(),
    }
    if waiting_key is not None:
        return _enqueue_waiting(waiting_key, values)
    if dedupe_key is None:
        return Job.objects.create(**values)
    job, _created = Job.objects.get_or_create(dedupe_key=dedupe_key, defaults=values)
    return job


@transaction.atomic(savepoint=False)
def _enqueue_waiting(key: str, values: dict[str, Any]) -> Job:
    """Return the job that waits under `key`, locked: it must see what the caller commits."""
    waiting = Job.objects.select_for_update()
    try:
        job, _created = waiting.get_or_create(waiting_key=key, defaults=values)
    except IntegrityError:
        # Another transaction's job came first and a worker took it: the key is free again.
        job, _created = waiting.get_or_create(waiting_key=key, defaults=values)
    return job


def renew_lease() -> None:
    """Keep the job that the caller is running for another lease; outside of a job do nothing.

    For handlers registered with `atomic=False`. Raises `LeaseLost` if the lease ran out and
    another worker has the job, `TransactionManagementError` inside a transaction, where no
    other worker could see the new lease.
    """
    lease = _held.get()
    if lease is None:
        return
    if connection.in_atomic_block:
        raise transaction.TransactionManagementError("A lease is renewed between transactions.")
    until = clock.now() + lease.length
    if not lease.row().update(leased_until=until, next_try_at=until):
        raise LeaseLost(str(lease.job))


def take_due_job(*, worker: str, registry: Registry) -> Job | None:
    """Take the job whose turn it is for `worker` under a lease, or return None.

    What people wait for goes first, then what has been due longest. The `next_try_at` of a
    running job is the end of its lease, so a job whose worker is gone falls due again by itself.
    One that lost its worker at the last attempt is given up.
    """
    while any(due.exists() for due in _due_jobs()):  # an idle worker takes no write lock of SQLite
        with transaction.atomic():
            heads = (due.select_for_update(skip_locked=True).first() for due in _due_jobs())
            job = min(filter(None, heads), key=_turn, default=None)
            if job is None:
                return None
            kind = _kind_of(job, registry)
            if job.attempts < kind.max_attempts:
                _take(job, worker=worker, lease=kind.lease)
                return job
            _give_up(job, error=job.last_error or "Every worker that ran it was lost.")
    return None


def run_job(*, job: Job, registry: Registry) -> bool:
    """Run a job taken by `take_due_job` and return whether it is done.

    Effects on the database and the mark "done" are one transaction (unless the kind isn't
    atomic). A failing job is tried again later and given up after its last attempt.
    """
    kind = _kind_of(job, registry)
    lease = _Lease(job, kind.lease)
    token = _held.set(lease)
    started = monotonic()
    try:
        with transaction.atomic() if kind.atomic else nullcontext():
            kind.run(job.payload)
            _mark_done(lease)
    except LeaseLost:
        _log.warning("job.lease_lost", **_facts(job))
        return False
    except (Exception, SystemExit) as error:
        # A handler, perhaps a plugin's, must not end the worker, not even by sys.exit().
        _log.exception("job.failed", **_facts(job))
        _record_failure(lease, kind, error)
        return False
    finally:
        _held.reset(token)
    _warn_if_slow(job, kind, monotonic() - started)
    return True


def purge_done_jobs() -> int:
    """Delete jobs done more than 14 days ago and the runs of schedules that old.

    Returns how many jobs went. The newest run of a schedule stays: the next is counted from it.
    """
    before = clock.now() - KEPT_DONE
    newer = ScheduledRun.objects.filter(name=OuterRef("name"), due_at__gt=OuterRef("due_at"))
    _delete_in_batches(ScheduledRun.objects.filter(Exists(newer), due_at__lt=before))
    return _delete_in_batches(Job.objects.filter(state=JobState.DONE, done_at__lt=before))


def retry_delay(failures: int) -> timedelta:
    """Return how long a job waits after that many failures: 5 s, 15 s, 45 s … at most an hour."""
    growth: int = DELAY_GROWTH ** min(failures - 1, 10)
    return min(FIRST_DELAY * growth, LONGEST_DELAY)


def _due_jobs() -> list[QuerySet[Job]]:
    """Return the due jobs of each state in their turn; one state is one walk along the index."""
    due = Job.objects.filter(next_try_at__lte=clock.now()).order_by("priority", "next_try_at", "pk")
    return [due.filter(state=state) for state in (JobState.PENDING, JobState.RUNNING)]


def _turn(job: Job) -> tuple[int, datetime, int]:
    return job.priority, job.next_try_at, job.pk


def _take(job: Job, *, worker: str, lease: timedelta) -> None:
    job.state = JobState.RUNNING
    job.attempts += 1
    job.leased_by = worker
    job.waiting_key = None
    job.leased_until = job.next_try_at = clock.now() + lease
    job.save(
        update_fields=[
            "state",
            "attempts",
            "leased_by",
            "waiting_key",
            "leased_until",
            "next_try_at",
        ]
    )


def _give_up(job: Job, *, error: str) -> None:
    job.state = JobState.DEAD
    job.leased_until = None
    job.last_error = error
    job.save(update_fields=["state", "leased_until", "last_error"])
    _log.error("job.given_up", **_facts(job))


def _mark_done(lease: _Lease) -> None:
    now = clock.now()
    if not lease.row().update(state=JobState.DONE, done_at=now, leased_until=None, last_error=""):
        raise LeaseLost(str(lease.job))
    if lease.job.kind.startswith(SCHEDULE_KIND):
        name, due_at = lease.job.kind.removeprefix(SCHEDULE_KIND), lease.job.payload["due_at"]
        ScheduledRun.objects.filter(name=name, due_at=due_at).update(done_at=now)


def _record_failure(lease: _Lease, kind: JobKind, error: BaseException) -> None:
    attempts = lease.job.attempts
    last = attempts >= kind.max_attempts
    recorded = lease.row().update(
        state=JobState.DEAD if last else JobState.PENDING,
        next_try_at=clock.now() + retry_delay(attempts) * _random.uniform(0.5, 1.5),
        leased_until=None,
        last_error=describe_error(error),
    )
    if last and recorded:
        _log.error("job.given_up", **_facts(lease.job))


def _kind_of(job: Job, registry: Registry) -> JobKind:
    return registry.kinds.get(job.kind) or JobKind(job.kind, partial(_refuse, job.kind))


def _refuse(kind: str, _payload: dict[str, Any]) -> None:
    raise UnknownJobKind(kind)


def _warn_if_slow(job: Job, kind: JobKind, seconds: float) -> None:
    if kind.atomic and seconds > LONGEST_TRANSACTION_SECONDS:
        _log.warning("job.long_transaction", seconds=round(seconds, 2), **_facts(job))


def _delete_in_batches(rows: QuerySet[Any]) -> int:
    deleted = 0
    while batch := list(rows.values_list("pk", flat=True)[:PURGE_BATCH]):
        deleted += rows.model._base_manager.filter(pk__in=batch).delete()[0]
        renew_lease()
    return deleted


def _facts(job: Job) -> dict[str, Any]:
    return {"job": job.pk, "kind": job.kind, "attempt": job.attempts}
