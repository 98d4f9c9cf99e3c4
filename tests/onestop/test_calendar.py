from datetime import date, datetime, timedelta
from typing import Any

import pytest

from catalogue.clock import LOCAL_TZ
from onestop.calendar import (
    WEEKEND,
    InvalidCalendar,
    OutsideCalendar,
    calendar_from_document,
)
from onestop.national_calendar import national_document


def test_national_calendar_knows_holidays_and_swapped_days() -> None:
    calendar = calendar_from_document(national_document())

    assert calendar.why_off(date(2026, 2, 17)) == "Tết Nguyên Đán"
    assert calendar.why_off(date(2026, 6, 13)) == WEEKEND
    assert calendar.is_working_day(date(2026, 8, 22))
    assert not calendar.is_working_day(date(2026, 8, 31))
    assert calendar.is_working_day(date(2026, 6, 9))


def test_calendar_outside_its_years_raises() -> None:
    calendar = calendar_from_document(national_document())

    with pytest.raises(OutsideCalendar, match="2028-01-03"):
        calendar.is_working_day(date(2028, 1, 3))


def test_office_time_ends_exactly_at_closing() -> None:
    calendar = calendar_from_document(national_document())
    start = datetime(2026, 6, 9, 13, 0, tzinfo=LOCAL_TZ)

    end = calendar.after_office_time(start, timedelta(hours=4))

    assert end == datetime(2026, 6, 9, 17, 0, tzinfo=LOCAL_TZ)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"schema": 2}, "schema"),
        ({"weekend": [7]}, "weekend"),
        ({"weekend": [0, 1, 2, 3, 4, 5, 6]}, "weekend"),
        ({"weekend": None}, "NoneType"),
        ({"sessions": []}, "sessions"),
        ({"sessions": [["13:00", "11:00"]]}, "sessions"),
        ({"sessions": [["07:30", "11:30"], ["11:00", "17:00"]]}, "sessions"),
        ({"days_off": {"2026-02-30": "x"}}, "day"),
        ({"extra_days": {"2026-01-01": "x"}}, "extra_days"),
        ({"last_day": "2023-01-01"}, "last_day"),
    ],
)
def test_calendar_document_with_a_mistake_is_refused(change: dict[str, Any], place: str) -> None:
    with pytest.raises(InvalidCalendar, match=place):
        calendar_from_document(national_document() | change)


def test_calendar_document_without_a_part_is_refused() -> None:
    document = national_document()
    del document["sessions"]

    with pytest.raises(InvalidCalendar, match="sessions: is missing"):
        calendar_from_document(document)
