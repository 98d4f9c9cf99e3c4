"""Working time: which days an office works, from when until when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from catalogue.clock import LOCAL_TZ, local

DOCUMENT_SCHEMA = 1
WEEKEND = "weekend"


class InvalidCalendar(ValueError):
    """A calendar document that cannot be counted with; the message names the place."""


class OutsideCalendar(LookupError):
    """A day for which the calendar does not say whether it is a working day."""

    def __init__(self, day: date) -> None:
        super().__init__(f"The working calendar says nothing about {day:%Y-%m-%d}.")
        self.day = day


@dataclass(frozen=True)
class Calendar:
    """Working days and office hours of one jurisdiction, as one version of its calendar says.

    `weekend` holds weekdays (Monday is 0), `days_off` and `extra_days` a name for each day,
    `sessions` the office hours of a working day as (opens, closes) in Vietnam's time. The first
    session is the first half of the day. Nothing is known outside `first_day` … `last_day`.
    """

    weekend: frozenset[int]
    days_off: Mapping[date, str]
    extra_days: Mapping[date, str]
    sessions: tuple[tuple[time, time], ...]
    first_day: date
    last_day: date

    def why_off(self, day: date) -> str:
        """Return why nobody works on `day` (`WEEKEND` or a holiday's name), empty if they do.

        Raises `OutsideCalendar`.
        """
        if not self.first_day <= day <= self.last_day:
            raise OutsideCalendar(day)
        if day in self.extra_days:
            return ""
        return self.days_off.get(day) or (WEEKEND if day.weekday() in self.weekend else "")

    def is_working_day(self, day: date) -> bool:
        """Whether the office works on `day`; raises `OutsideCalendar`."""
        return not self.why_off(day)

    def working_day_from(self, day: date) -> date:
        """Return `day`, or the next working day when it is none; raises `OutsideCalendar`."""
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Return how many working days lie after `start`, up to `end` included.

        Raises `OutsideCalendar`.
        """
        days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
        return sum(self.is_working_day(day) for day in days)

    def working_days_after(self, start: date, days: int) -> date:
        """Return the working day that is `days` working days after `start`.

        Raises `OutsideCalendar`.
        """
        day = start
        for _each in range(days):
            day = self.working_day_from(day + timedelta(days=1))
        return day

    def closing(self, day: date) -> datetime:
        """Return the moment at which office hours end on `day`."""
        return _moment(day, self.sessions[-1][1])

    def half_way(self, day: date) -> datetime:
        """Return the moment at which the first half of the working day `day` ends."""
        return _moment(day, self.sessions[0][1])

    def after_office_time(self, start: datetime, duration: timedelta) -> datetime:
        """Return when `duration` of office hours has passed since `start` (aware).

        Raises `OutsideCalendar`.
        """
        moment, left = local(start), duration
        day = moment.date()
        while True:
            day = self.working_day_from(day)
            for opens, closes in self.sessions:
                begin = max(_moment(day, opens), moment)
                available = max(_moment(day, closes) - begin, timedelta())
                if available and left <= available:
                    return begin + left
                left -= available
            day += timedelta(days=1)


def calendar_from_document(document: Mapping[str, Any]) -> Calendar:
    """Return the calendar that the JSON `document` of a `WorkingCalendar` describes.

    Raises `InvalidCalendar`.
    """
    if document.get("schema") != DOCUMENT_SCHEMA:
        raise InvalidCalendar(f"schema: {document.get('schema')!r} is not {DOCUMENT_SCHEMA}")
    try:
        calendar = Calendar(
            weekend=frozenset(document["weekend"]),
            days_off=_named_days(document["days_off"]),
            extra_days=_named_days(document["extra_days"]),
            sessions=tuple(
                (time.fromisoformat(opens), time.fromisoformat(closes))
                for opens, closes in document["sessions"]
            ),
            first_day=date.fromisoformat(document["first_day"]),
            last_day=date.fromisoformat(document["last_day"]),
        )
    except KeyError as error:
        raise InvalidCalendar(f"{error.args[0]}: is missing") from error
    except (TypeError, ValueError) as error:
        raise InvalidCalendar(str(error)) from error
    _check(calendar)
    return calendar


def _check(calendar: Calendar) -> None:
    if not calendar.weekend < frozenset(range(7)):
        raise InvalidCalendar("weekend: holds weekdays from 0 to 6, and not all of them")
    if calendar.first_day > calendar.last_day:
        raise InvalidCalendar("last_day: lies before first_day")
    clock_times = [moment for session in calendar.sessions for moment in session]
    if not clock_times or any(earlier >= later for earlier, later in pairwise(clock_times)):
        raise InvalidCalendar("sessions: need at least one, in order, without overlap")
    both = calendar.days_off.keys() & calendar.extra_days.keys()
    if both:
        raise InvalidCalendar(f"extra_days: {min(both):%Y-%m-%d} is a day off as well")


def _named_days(days: Mapping[str, str]) -> dict[date, str]:
    return {date.fromisoformat(day): name for day, name in days.items()}


def _moment(day: date, clock_time: time) -> datetime:
    return datetime.combine(day, clock_time, LOCAL_TZ)
