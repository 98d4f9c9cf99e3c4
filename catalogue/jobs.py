"""What runs later: the registry of job handlers, drains of the outbox and schedules.

An app names its own in its module `jobs`, which the worker imports when it starts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, TypeVar

from catalogue.clock import LOCAL_TZ

JobFunction = Callable[[dict[str, Any]], None]
DrainFunction = Callable[[], int]
ScheduleFunction = Callable[[], None]
Function = TypeVar("Function", bound=Callable[..., Any])

MAX_ATTEMPTS = 10
LEASE = timedelta(minutes=1)
SCHEDULE_KIND = "schedule:"
_DAY = timedelta(days=1)
_FIRST_DAY = datetime(2000, 1, 1, tzinfo=LOCAL_TZ)


@dataclass(frozen=True)
class JobKind:
    """How the jobs of one kind are run; see `Registry.job_handler`."""

    name: str
    run: JobFunction
    max_attempts: int = MAX_ATTEMPTS
    lease: timedelta = LEASE
    atomic: bool = True


@dataclass(frozen=True)
class Schedule:
    """Work that is due every `period`, counted from `first`."""

    name: str
    first: datetime
    period: timedelta
    catch_up: bool

    @property
    def kind(self) -> str:
        """Return the kind of the jobs that do this schedule's work."""
        return SCHEDULE_KIND + self.name

    def next_due(self, now: datetime, last: datetime | None) -> datetime | None:
        """Return the time that is due at `now` after the run due at `last`, or None.

        Of several missed times only the latest is due, unless the schedule catches up on each.
        """
        latest = self.first + (now - self.first) // self.period * self.period
        if last is not None and latest <= last:
            return None
        return last + self.period if last is not None and self.catch_up else latest


class AlreadyRegistered(ValueError):
    """Two functions claim the same name."""


class Registry:
    """Which function does what; one for the product, others for tests."""

    def __init__(self) -> None:
        self.kinds: dict[str, JobKind] = {}
        self.drains: dict[str, DrainFunction] = {}
        self.schedules: dict[str, Schedule] = {}

    def job_handler(
        self,
        kind: str,
        *,
        max_attempts: int = MAX_ATTEMPTS,
        lease: timedelta = LEASE,
        atomic: bool = True,
    ) -> Callable[[JobFunction], JobFunction]:
        """Register a function that does the jobs of `kind`, given their payload.

        It runs in one transaction with marking the job done, so its effects on the database
        happen exactly once; effects outside must bear repetition. What takes longer than a
        quarter of a second writes in short transactions of its own: with `atomic=False` it may
        be repeated from its beginning, and calls `catalogue.services.jobs.renew_lease()` before
        each `lease` is over. After `max_attempts` failures the job is given up.
        """

        def register(function: JobFunction) -> JobFunction:
            _add(self.kinds, kind, JobKind(kind, function, max_attempts, lease, atomic))
            return function

        return register

    def drain(self, name: str) -> Callable[[DrainFunction], DrainFunction]:
        """Register a consumer of the outbox that the worker calls every 0.2 s.

        It handles a batch of changes after its `ChangeCursor` (consumer `name`), moves the
        cursor and returns how many it handled. Several workers may call it at the same time.
        """

        def register(function: DrainFunction) -> DrainFunction:
            _add(self.drains, name, function)
            return function

        return register

    def schedule(
        self,
        name: str,
        *,
        every: timedelta | None = None,
        at: time | None = None,
        catch_up: bool = False,
        max_attempts: int = MAX_ATTEMPTS,
        lease: timedelta = LEASE,
        atomic: bool = True,
    ) -> Callable[[ScheduleFunction], ScheduleFunction]:
        """Register a function to run `every` so often, or each day `at` a time in Vietnam.

        Each due time becomes a job once, whichever worker sees it first; the other arguments
        are those of `job_handler`. After a standstill it runs once, or once for every missed
        time with `catch_up`. Raises `ValueError` unless exactly one of `every` and `at` is given.
        """
        if (every is None) == (at is None):
            raise ValueError("A schedule has either an interval or a time of day.")
        first = datetime.combine(_FIRST_DAY, at or time(), LOCAL_TZ)
        planned = Schedule(name, first, every or _DAY, catch_up)

        def register(function: ScheduleFunction) -> ScheduleFunction:
            _add(self.schedules, name, planned)
            self.job_handler(planned.kind, max_attempts=max_attempts, lease=lease, atomic=atomic)(
                lambda _payload: function()
            )
            return function

        return register


def _add(known: dict[str, Any], name: str, value: Any) -> None:
    if name in known:
        raise AlreadyRegistered(name)
    known[name] = value


registry = Registry()
job_handler = registry.job_handler
drain = registry.drain
schedule = registry.schedule
