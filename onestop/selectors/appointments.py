"""When the result of a dossier is due, before and at its reception."""

from dataclasses import dataclass
from datetime import date, datetime

from catalogue.documents import lift
from catalogue.selectors.rules import rule
from onestop.calendar import Calendar, OutsideCalendar, calendar_from_document
from onestop.deadline import CountingRules, Deadline, Limit, due_date
from onestop.limits import OfferedLimit, offered_limits
from onestop.models import Dossier, WorkingCalendar
from onestop.selectors.calendars import calendar_in_use


class DueDateNeeded(ValueError):
    """The published limit gives no due date, so the officer has to state one."""


class LimitNeeded(ValueError):
    """The procedure has several time limits, and none of them was chosen."""


class DueDateRefused(ValueError):
    """A due date was stated that the law or the calendar does not allow."""


@dataclass(frozen=True)
class Appointment:
    """A due moment and its ground; `deadline` is None when the officer stated the day."""

    due_at: datetime
    calendar: WorkingCalendar
    offered: OfferedLimit | None
    deadline: Deadline | None


@dataclass(frozen=True)
class AppointmentChoice:
    """One time limit with the due date that it gives; None where the officer has to state it."""

    offered: OfferedLimit
    deadline: Deadline | None


def appointment_choices(dossier: Dossier, at: datetime) -> list[AppointmentChoice]:
    """Return what the officer can choose from when receiving `dossier` at the moment `at`."""
    calendar = calendar_from_document(calendar_in_use(dossier.agency, at.date()).document)
    return [
        AppointmentChoice(offered, _deadline(offered.limit, at, calendar))
        for offered in offered_limits(lift(dossier.procedure_version.document))
    ]


def appoint(
    dossier: Dossier, at: datetime, *, limit_key: str = "", stated_due: date | None = None
) -> Appointment:
    """Return the appointment of a dossier received at the moment `at` (D61 art. 17(1)c).

    `limit_key` chooses one of several published limits. `stated_due` is the officer's own day; it
    counts only where the published limit gives none. Raises `LimitNeeded`, `DueDateNeeded`,
    `DueDateRefused`.
    """
    version = calendar_in_use(dossier.agency, at.date())
    calendar = calendar_from_document(version.document)
    offered = _chosen(offered_limits(lift(dossier.procedure_version.document)), limit_key)
    deadline = _deadline(offered.limit, at, calendar) if offered else None
    if deadline is not None:
        if stated_due is not None:
            raise DueDateRefused("The published time limit gives the due date.")
        return Appointment(deadline.at, version, offered, deadline)
    if stated_due is None:
        raise DueDateNeeded("The published time limit gives no due date.")
    return Appointment(_stated(stated_due, at, calendar), version, offered, None)


def _chosen(offered: tuple[OfferedLimit, ...], key: str) -> OfferedLimit | None:
    if not key and len(offered) <= 1:
        return offered[0] if offered else None
    for choice in offered:
        if choice.key == key:
            return choice
    raise LimitNeeded("One of the published time limits has to be chosen.")


def _deadline(limit: Limit | None, at: datetime, calendar: Calendar) -> Deadline | None:
    if limit is None:
        return None
    try:
        return due_date(at, limit, calendar, _counting_rules(at.date()))
    except OutsideCalendar:
        # Nobody knows the holidays of that year yet: the officer states the day.
        return None


def _counting_rules(day: date) -> CountingRules:
    return CountingRules(
        skips_reception_day=rule("clock.skips_reception_day", on=day),
        moves_to_working_day=rule("clock.moves_to_working_day", on=day),
    )


def _stated(day: date, at: datetime, calendar: Calendar) -> datetime:
    if day < at.date():
        raise DueDateRefused("The due date lies in the past.")
    if calendar.first_day <= day <= calendar.last_day and not calendar.is_working_day(day):
        raise DueDateRefused("The office does not work on that day.")
    return calendar.closing(day)
