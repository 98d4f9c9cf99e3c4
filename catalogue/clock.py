"""The only place that reads the system clock; everything is told in Vietnam's time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

LOCAL_TZ = ZoneInfo("Asia/Ho_Chi_Minh")
_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)


def now() -> datetime:
    """Return the present moment, aware, in Asia/Ho_Chi_Minh."""
    return _frozen.get() or datetime.now(LOCAL_TZ)


def today() -> date:
    """Return the present day in Vietnam."""
    return now().date()


def local(moment: datetime) -> datetime:
    """Return an aware `moment` in Vietnam's time."""
    return moment.astimezone(LOCAL_TZ)


@contextmanager
def frozen(at: datetime) -> Iterator[None]:
    """Make `now()` return the aware moment `at` inside the block, for this thread or task."""
    token = _frozen.set(at.astimezone(LOCAL_TZ))
    try:
        yield
    finally:
        _frozen.reset(token)
