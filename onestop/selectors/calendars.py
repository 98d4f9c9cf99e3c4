"""Which working calendar an agency counts with."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from django.db.models import F, Q, Value
from django.db.models.functions import Length

from catalogue.clock import local
from catalogue.enums import TimeUnit
from catalogue.models import Agency
from onestop.calendar import Calendar, calendar_from_document
from onestop.deadline import Limit, due_date
from onestop.models import WorkingCalendar


class CalendarNotFound(LookupError):
    """Neither the agency nor the country has a calendar for this day."""


def calendar_in_use(agency: Agency, on: date) -> WorkingCalendar:
    """Return the calendar version of the nearest jurisdiction above `agency` on the day `on`.

    Raises `CalendarNotFound`.
    """
    found = (
        WorkingCalendar.objects.annotate(own_path=Value(agency.path))
        .filter(
            Q(jurisdiction__isnull=True) | Q(own_path__startswith=F("jurisdiction__path")),
            Q(valid_to__isnull=True) | Q(valid_to__gt=on),
            valid_from__lte=on,
        )
        .order_by(Length("jurisdiction__path").desc(nulls_last=True), "-version")
        .first()
    )
    if found is None:
        raise CalendarNotFound(f"No working calendar of {agency.code} covers {on:%Y-%m-%d}.")
    return found


def end_of_working_days(start: datetime, working_days: int, agency: Agency) -> datetime:
    """Return when the office closes `working_days` working days after the day of `start`.

    Beyond the years of the calendar only weekends are known: a submission is never refused for
    that. Implements `formbuilder.ports.AnswerClock`.
    """
    version = calendar_in_use(agency, local(start).date())
    calendar = _open_ended(version)
    return due_date(start, Limit(Decimal(working_days), TimeUnit.WORKING_DAY), calendar).at


def office_days_of(agencies: Iterable[Agency], on: date) -> dict[int, Calendar]:
    """Return the calendar in use `on` a day of each of `agencies`, by the agency's key.

    One query for all of them; an agency without a calendar is left out. Beyond the years of a
    calendar only weekends are known. Implements `catalogue.ports.OfficeCalendars`.
    """
    in_use = WorkingCalendar.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on
    ).order_by(Length("jurisdiction__path").asc(nulls_first=True), "version")
    # The nearest jurisdiction and its newest version come last.
    known = [
        (version.jurisdiction.path if version.jurisdiction else "", _open_ended(version))
        for version in in_use.select_related("jurisdiction")
    ]
    return {
        agency.pk: calendar
        for agency in agencies
        for path, calendar in known
        if agency.path.startswith(path)
    }


def _open_ended(version: WorkingCalendar) -> Calendar:
    known = calendar_from_document(version.document)
    return replace(known, first_day=date.min, last_day=date.max)
