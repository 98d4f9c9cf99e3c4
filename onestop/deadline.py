"""The law's clock: from the moment of reception and a published time limit to the due moment."""

import calendar as gregorian
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from catalogue.clock import local
from catalogue.enums import TimeUnit
from onestop.calendar import Calendar

HALF = Decimal("0.5")
# Civil Code art. 146: half a month is fifteen days (text not seen).
HALF_MONTH_DAYS = 15


class UncountableLimit(ValueError):
    """A time limit that gives no due date: the officer states the date instead."""


@dataclass(frozen=True)
class Limit:
    """A published time limit: `value` of `unit` (`TimeUnit`); zero means on the same day."""

    value: Decimal
    unit: str

    def __post_init__(self) -> None:
        if not self.value.is_finite() or self.value < 0:
            raise UncountableLimit(f"{self.value} {self.unit}: the value makes no time limit")
        if self.unit not in TimeUnit.values:
            raise UncountableLimit(f"{self.value} {self.unit}: no such unit of time")
        if self.unit != TimeUnit.HOUR and self.value % HALF:
            raise UncountableLimit(f"{self.value} {self.unit}: only halves can be counted")


@dataclass(frozen=True)
class CountingRules:
    """The two rules of counting that a jurisdiction can change (`clock.*` in the rules table)."""

    skips_reception_day: bool = True
    moves_to_working_day: bool = True


@dataclass(frozen=True)
class Deadline:
    """A due moment and how it was found, so that an officer can check and a citizen can follow.

    `first_day` is the first day that counts, `skipped` the days between that did not count with
    the reason, `moved_from` the non-working day on which the limit would have ended.
    """

    at: datetime
    first_day: date
    skipped: tuple[tuple[date, str], ...] = ()
    moved_from: date | None = None


@dataclass
class _Count:
    """Walks over the days of one limit."""

    calendar: Calendar
    rules: CountingRules
    skipped: list[tuple[date, str]] = field(default_factory=list)

    def first_day(self, reception: date) -> date:
        return reception + timedelta(days=1) if self.rules.skips_reception_day else reception

    def working_day(self, first: date, number: int) -> date:
        """Return the `number`-th working day from `first` on, noting the days between."""
        day, left = first, number
        while True:
            reason = self.calendar.why_off(day)
            if reason:
                self.skipped.append((day, reason))
            else:
                left -= 1
                if not left:
                    return day
            day += timedelta(days=1)

    def end(self, day: date, first: date, *, half: bool = False) -> Deadline:
        """Return the deadline of a limit that ends on `day`."""
        last = self.calendar.working_day_from(day) if self.rules.moves_to_working_day else day
        at = self.calendar.half_way(last) if half else self.calendar.closing(last)
        return Deadline(at, first, tuple(self.skipped), day if last != day else None)


def due_date(
    start: datetime, limit: Limit, calendar: Calendar, rules: CountingRules | None = None
) -> Deadline:
    """Return when a dossier received at the aware moment `start` is due.

    A day ends with office hours; half a day ends with the first half of the day after the whole
    ones; hours run in office hours from the moment of reception; a month ends on the day of the
    same number, or on the last day of a shorter month. The day of reception is not counted and an
    end on a non-working day moves to the next working day, unless `rules` says otherwise.

    Raises `UncountableLimit`, and `OutsideCalendar` when the count leaves the calendar.
    Sources: D61 arts 17–19; Civil Code arts 147(2) and 148(5), text not seen.
    """
    count = _Count(calendar, rules or CountingRules())
    reception = local(start)
    if not limit.value:
        return _same_day(count, reception)
    return _COUNTS[limit.unit](count, reception, limit.value)


def _same_day(count: _Count, reception: datetime) -> Deadline:
    day = reception.date()
    if count.calendar.is_working_day(day) and reception >= count.calendar.closing(day):
        day += timedelta(days=1)
    return count.end(day, reception.date())


def _working_days(count: _Count, reception: datetime, value: Decimal) -> Deadline:
    first = count.first_day(reception.date())
    half = bool(value % 1)
    last = count.working_day(first, int(value) + half)
    return count.end(last, first, half=half)


def _calendar_days(count: _Count, reception: datetime, value: Decimal) -> Deadline:
    first = count.first_day(reception.date())
    half = bool(value % 1)
    return count.end(first + timedelta(days=int(value) + half - 1), first, half=half)


def _hours(count: _Count, reception: datetime, value: Decimal) -> Deadline:
    at = count.calendar.after_office_time(reception, timedelta(hours=float(value)))
    days = (at.date() - reception.date()).days
    for day in (reception.date() + timedelta(days=offset) for offset in range(days)):
        reason = count.calendar.why_off(day)
        if reason:
            count.skipped.append((day, reason))
    return Deadline(at, reception.date(), tuple(count.skipped))


def _months(count: _Count, reception: datetime, value: Decimal) -> Deadline:
    first = count.first_day(reception.date())
    base = first - timedelta(days=1)
    last = _month_later(base, int(value)) + timedelta(days=HALF_MONTH_DAYS if value % 1 else 0)
    return count.end(last, first)


def _month_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, gregorian.monthrange(year, month + 1)[1]))


_COUNTS: dict[str, Callable[[_Count, datetime, Decimal], Deadline]] = {
    TimeUnit.WORKING_DAY: _working_days,
    TimeUnit.CALENDAR_DAY: _calendar_days,
    TimeUnit.HOUR: _hours,
    TimeUnit.MONTH: _months,
}
