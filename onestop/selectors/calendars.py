"""Which working calendar an agency counts with."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from django.db.models import F, Q, Value
from django.db.models.functions import Length

from catalogue.clock import local
from catalogue.enums import TimeUnit
from catalogue.models import Agency
from onestop.calendar import calendar_from_document
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
    known = calendar_from_document(version.document)
    calendar = replace(known, first_day=date.min, last_day=date.max)
    return due_date(start, Limit(Decimal(working_days), TimeUnit.WORKING_DAY), calendar).at
