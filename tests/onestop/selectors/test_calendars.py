from datetime import date, datetime, timedelta

import pytest

from catalogue.clock import LOCAL_TZ
from factories.catalogue import make_agency
from onestop.models import WorkingCalendar
from onestop.selectors.calendars import (
    CalendarNotFound,
    calendar_in_use,
    end_of_working_days,
    office_days_of,
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


def test_office_days_of_many_agencies_are_those_of_each_nearest_jurisdiction() -> None:
    province, other = make_agency("H18"), make_agency("H19")
    commune = make_agency("H18.X1", parent=province, level="commune")
    document = WorkingCalendar.objects.get().document
    own = document | {"days_off": {**document["days_off"], "2026-06-10": "Ngày của tỉnh"}}
    WorkingCalendar.objects.create(jurisdiction=province, version=1, valid_from=DAY, document=own)

    days = office_days_of([province, commune, other], DAY)

    counted = [
        days[each.pk].working_days_between(DAY, date(2026, 6, 12))
        for each in (province, commune, other)
    ]
    assert counted == [2, 2, 3]
    assert days[commune.pk].working_days_after(DAY, 1) == date(2026, 6, 11)


def test_office_days_beyond_the_calendar_skip_weekends_alone() -> None:
    agency = make_agency()

    days = office_days_of([agency], DAY)[agency.pk]

    assert days.working_days_between(date(2060, 1, 1), date(2060, 1, 8)) == 5


def test_agency_without_a_calendar_is_left_out() -> None:
    assert office_days_of([make_agency()], date(1990, 1, 1)) == {}
