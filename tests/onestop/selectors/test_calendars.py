from datetime import date, datetime, timedelta

import pytest

from catalogue.clock import LOCAL_TZ
from factories.catalogue import make_agency
from onestop.models import WorkingCalendar
from onestop.selectors.calendars import (
    CalendarNotFound,
    calendar_in_use,
    end_of_working_days,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

DAY = date(2026, 6, 9)


def test_country_calendar_is_there_from_the_start() -> None:
    calendar = calendar_in_use(make_agency(), DAY)

    assert (calendar.jurisdiction, calendar.version) == (None, 1)
    assert calendar.document["days_off"]["2026-09-02"] == "Quốc khánh"


def test_nearest_jurisdiction_above_counts() -> None:
    province = make_agency("H18")
    commune = make_agency("H18.X1", parent=province, level="commune")
    other = make_agency("H188")
    document = WorkingCalendar.objects.get().document
    own = WorkingCalendar.objects.create(
        jurisdiction=province, version=1, valid_from=DAY, document=document
    )

    assert calendar_in_use(commune, DAY) == own
    assert calendar_in_use(province, DAY) == own
    assert calendar_in_use(other, DAY).jurisdiction is None
    assert calendar_in_use(commune, DAY - timedelta(days=1)).jurisdiction is None


def test_version_that_ended_is_not_used() -> None:
    agency = make_agency()
    first = WorkingCalendar.objects.get()
    first.valid_to = DAY
    first.save()
    second = WorkingCalendar.objects.create(version=2, valid_from=DAY, document=first.document)

    assert calendar_in_use(agency, DAY - timedelta(days=1)) == first
    assert calendar_in_use(agency, DAY) == second


def test_agency_without_any_calendar() -> None:
    with pytest.raises(CalendarNotFound, match="2023-12-31"):
        calendar_in_use(make_agency(), date(2023, 12, 31))


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-06-12 09:00", 1, "2026-06-15 17:00"),
        ("2026-12-31 23:59", 1, "2027-01-04 17:00"),
        # The holidays of 2028 are not known yet; weekends are.
        ("2027-12-31 09:00", 2, "2028-01-04 17:00"),
    ],
)
def test_answer_is_due_after_working_days(start: str, days: int, end: str) -> None:
    moment = datetime.fromisoformat(start).replace(tzinfo=LOCAL_TZ)

    due = end_of_working_days(moment, days, make_agency())

    assert due == datetime.fromisoformat(end).replace(tzinfo=LOCAL_TZ)
