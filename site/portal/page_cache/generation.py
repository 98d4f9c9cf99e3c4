"""Which state of the catalogue a page was made from, asked of the database seldom."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from threading import Lock
from time import monotonic

from django.db import InterfaceError, OperationalError

from catalogue import clock

# While the database is away it is asked this seldom: each try may hold up a reader for seconds.
RETRY_SECONDS = 2.0
# Longer than that, what may have changed meanwhile weighs more than an answer (R2).
LONGEST_AWAY_SECONDS = 900.0


@dataclass(frozen=True)
class Generation:
    """The last change of the catalogue, and the day in Vietnam on which versions were chosen."""

    sequence: int
    day: date


class GenerationWatch:
    """Tells the present generation from a copy that is at most some seconds old.

    `read_sequence` asks the database; `seconds` is how old the copy may be. Where the database is
    away the last copy goes on for a while. One thread at a time asks; the others use the copy.
    """

    def __init__(self, read_sequence: Callable[[], int], seconds: float) -> None:
        self._read_sequence = read_sequence
        self._seconds = seconds
        self._sequence: int | None = None
        self._read_at = self._asked_at = float("-inf")
        self._away = False
        self._asking = Lock()

    def current(self) -> Generation | None:
        """Return the present generation, None where it is not known."""
        patience = RETRY_SECONDS if self._away else self._seconds
        if monotonic() - self._asked_at >= patience and self._asking.acquire(blocking=False):
            try:
                self._ask()
            finally:
                self._asking.release()
        if self._sequence is None or self.seconds_away() > LONGEST_AWAY_SECONDS:
            return None
        return Generation(self._sequence, clock.today())

    def seconds_away(self) -> float:
        """Return since how many seconds the database has not answered, 0 while it does."""
        return monotonic() - self._read_at if self._away else 0.0

    def _ask(self) -> None:
        try:
            self._sequence = self._read_sequence()
        except (OperationalError, InterfaceError):
            # Told to readers by a header; a page that is not kept meets the fault itself.
            self._away = True
        else:
            self._away = False
            self._read_at = monotonic()
        self._asked_at = monotonic()
