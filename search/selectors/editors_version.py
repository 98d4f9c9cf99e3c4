"""Whether editors changed what search knows: asked at every search, answered from memory."""

from dataclasses import dataclass
from datetime import date
from time import monotonic

import structlog
from django.db import Error

from catalogue import clock
from search.models import EditorsChange

# So long may a process search with what editors have changed since.
SECONDS = 2.0
_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class EditorsVersion:
    """The number of changes so far, and the day: entries begin and end by date.

    `told` counts the changes of this process, which it may have seen before they were committed.
    """

    changes: int
    day: date
    told: int


@dataclass
class _Kept:
    changes: int = 0
    told: int = 0
    read_at: float | None = None


_kept = _Kept()


def editors_version() -> EditorsVersion:
    """Return the version of what editors let search know, at most two seconds old.

    While the database is away the last one holds: search itself needs no database.
    """
    now = monotonic()
    if _kept.read_at is None or now - _kept.read_at >= SECONDS:
        _kept.read_at = now
        try:
            _kept.changes = EditorsChange.objects.count()
        except Error as error:
            _log.warning("search.editors_version_unknown", error=type(error).__name__)
    return EditorsVersion(_kept.changes, clock.today(), _kept.told)


def forget_editors_version() -> None:
    """Look into the database at the next search: in this process a change is seen at once."""
    _kept.told += 1
    _kept.read_at = None
