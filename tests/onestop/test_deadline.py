from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.clock import LOCAL_TZ
from catalogue.enums import TimeUnit
from onestop.calendar import OutsideCalendar, calendar_from_document
from onestop.deadline import CountingRules, Limit, UncountableLimit, due_date
from onestop.national_calendar import national_document

CALENDAR = calendar_from_document(national_document())

W, D, H, M = TimeUnit.WORKING_DAY, TimeUnit.CALENDAR_DAY, TimeUnit.HOUR, TimeUnit.MONTH

# Worked out by hand on paper calendars. Civil Code = articles 147(2), 148(5), text not seen.
WORKED_OUT = [
    # Tuesday; the day of reception is not counted (Civil Code 147(2)); Wed, Thu, Fri.
    ("2026-06-09 08:00", "3", W, "2026-06-12 17:00"),
    # Thursday; Sat 13 and Sun 14 June do not count (D61 18: working days).
    ("2026-06-11 08:00", "3", W, "2026-06-16 17:00"),
    # Received at 15:30: the hand-over moves (D61 18(2)), the citizen's limit does not.
    ("2026-06-09 15:30", "3", W, "2026-06-12 17:00"),
    # Accepted on a Saturday: Monday is the first day that counts.
    ("2026-06-13 09:00", "1", W, "2026-06-15 17:00"),
    # Tết 2026: Mon 16 to Fri 20 February off, so the 2nd working day after Thu 12 is Mon 23.
    ("2026-02-12 09:00", "2", W, "2026-02-23 17:00"),
    # Hùng Kings on Sunday 26 April: Monday 27 off instead; 30 April and 1 May off too.
    ("2026-04-24 09:00", "3", W, "2026-05-04 17:00"),
    # Monday 31 August is off for Saturday 22 August, on which offices work.
    ("2026-08-21 09:00", "1", W, "2026-08-22 17:00"),
    ("2026-08-28 09:00", "1", W, "2026-09-03 17:00"),
    # 15 working days across New Year's Day 2027 (a Friday).
    ("2026-12-21 10:00", "15", W, "2027-01-12 17:00"),
    # 30 calendar days end on Thursday 9 July.
    ("2026-06-09 08:00", "30", D, "2026-07-09 17:00"),
    # 5 calendar days from Tuesday end on Sunday 14: moved to Monday (Civil Code 148(5)).
    ("2026-06-09 08:00", "5", D, "2026-06-15 17:00"),
    # 4 calendar days from 13 February end on Tết: moved past the holiday to Monday 23.
    ("2026-02-13 08:00", "4", D, "2026-02-23 17:00"),
    # 8 hours of office time from 09:00: 2.5 + 4 today, 1.5 tomorrow.
    ("2026-06-09 09:00", "8", H, "2026-06-10 09:00"),
    # 2 hours across the lunch break.
    ("2026-06-09 10:30", "2", H, "2026-06-09 14:00"),
    # Half an hour accepted at 16:45 on Friday ends on Monday.
    ("2026-06-12 16:45", "0.5", H, "2026-06-15 07:45"),
    # 28 hours are three and a half days of office time.
    ("2026-06-08 07:30", "28", H, "2026-06-11 11:30"),
    # Accepted at night: the hours begin in the morning.
    ("2026-06-09 22:00", "1", H, "2026-06-10 08:30"),
    # A month from 9 June is 9 July, a Thursday.
    ("2026-06-09 08:00", "1", M, "2026-07-09 17:00"),
    # A month from 31 January 2027 is 28 February, a Sunday: moved to Monday.
    ("2027-01-31 08:00", "1", M, "2027-03-01 17:00"),
    # Six months from 24 August 2026: 24 February 2027, a Wednesday.
    ("2026-08-24 08:00", "6", M, "2027-02-24 17:00"),
    # Half a month is fifteen days (Civil Code 146): 24 June, a Wednesday.
    ("2026-06-09 08:00", "0.5", M, "2026-06-24 17:00"),
    # One and a half working days from Tuesday: Wednesday, then Thursday morning.
    ("2026-06-09 08:00", "1.5", W, "2026-06-11 11:30"),
    # Half a working day from Friday: Monday morning.
    ("2026-06-12 08:00", "0.5", W, "2026-06-15 11:30"),
    # "0 giờ", on the same day: by closing time (D61 17(4)).
    ("2026-06-09 08:00", "0", H, "2026-06-09 17:00"),
    # On the same day, but accepted after closing time on Friday: Monday.
    ("2026-06-12 17:00", "0", W, "2026-06-15 17:00"),
]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL_TZ)


@pytest.mark.parametrize(("start", "value", "unit", "due"), WORKED_OUT)
def test_due_date_worked_out_by_hand(start: str, value: str, unit: str, due: str) -> None:
    deadline = due_date(moment(start), Limit(Decimal(value), unit), CALENDAR)

    assert deadline.at == moment(due)


def test_due_date_of_reception_around_midnight_in_vietnam() -> None:
    before = datetime.fromisoformat("2026-06-09T16:59:00+00:00")
    after = datetime.fromisoformat("2026-06-09T17:00:00+00:00")

    limit = Limit(Decimal(1), W)

    assert due_date(before, limit, CALENDAR).at == moment("2026-06-10 17:00")
    assert due_date(after, limit, CALENDAR).at == moment("2026-06-11 17:00")


def test_due_date_tells_what_was_skipped_and_moved() -> None:
    working = due_date(moment("2026-04-24 09:00"), Limit(Decimal(2), W), CALENDAR)
    moved = due_date(moment("2026-06-09 08:00"), Limit(Decimal(5), D), CALENDAR)

    assert [day.day for day, _reason in working.skipped] == [25, 26, 27]
    assert working.skipped[0][1] == "weekend"
    assert "Hùng Vương" in working.skipped[2][1]
    assert working.first_day == date(2026, 4, 25)
    assert moved.moved_from == date(2026, 6, 14)


def test_due_date_under_other_rules_of_counting() -> None:
    counted = CountingRules(skips_reception_day=False)
    unmoved = CountingRules(moves_to_working_day=False)
    start = moment("2026-06-09 08:00")

    assert due_date(start, Limit(Decimal(3), W), CALENDAR, counted).at.day == 11
    assert due_date(start, Limit(Decimal(5), D), CALENDAR, counted).at.day == 15
    assert due_date(start, Limit(Decimal(1), M), CALENDAR, counted).at.day == 8
    assert due_date(start, Limit(Decimal(5), D), CALENDAR, unmoved).at.day == 14


def test_due_date_beyond_the_calendar_raises() -> None:
    with pytest.raises(OutsideCalendar):
        due_date(moment("2027-12-20 08:00"), Limit(Decimal(30), W), CALENDAR)


@pytest.mark.parametrize(
    ("value", "unit"),
    [
        ("-1", W),
        ("1.2", D),
        ("0.25", M),
        ("NaN", W),
        ("Infinity", H),
        ("3", "fortnight"),
        ("3", ""),
    ],
)
def test_limit_that_cannot_be_counted_raises(value: str, unit: str) -> None:
    with pytest.raises(UncountableLimit):
        Limit(Decimal(value), unit)


moments = st.datetimes(
    moment("2024-01-01").replace(tzinfo=None), moment("2026-06-30").replace(tzinfo=None)
).map(lambda naive: naive.replace(tzinfo=LOCAL_TZ))
halves = st.integers(0, 120).map(lambda twice: Decimal(twice) / 2)
limits = st.builds(Limit, halves, st.sampled_from([W, D, H]))


@given(moments, limits)
def test_due_date_falls_into_office_hours_after_reception(start: datetime, limit: Limit) -> None:
    deadline = due_date(start, limit, CALENDAR)

    assert deadline.at >= start
    assert CALENDAR.is_working_day(deadline.at.date())
    assert any(opens <= deadline.at.time() <= closes for opens, closes in CALENDAR.sessions)


@given(moments, st.integers(1, 60))
def test_due_date_counts_that_many_working_days(start: datetime, days: int) -> None:
    deadline = due_date(start, Limit(Decimal(days), W), CALENDAR)

    span = (deadline.at.date() - start.date()).days
    after_reception = [start.date() + timedelta(days=offset) for offset in range(1, span + 1)]
    assert sum(map(CALENDAR.is_working_day, after_reception)) == days


@given(moments, limits, st.integers(0, 90 * 24 * 60))
def test_due_date_never_moves_back_when_reception_is_later(
    start: datetime, limit: Limit, minutes: int
) -> None:
    later = start + timedelta(minutes=minutes)

    assert due_date(start, limit, CALENDAR).at <= due_date(later, limit, CALENDAR).at


@given(moments, st.integers(0, 100), st.integers(0, 100), st.sampled_from([W, D, H, M]))
def test_due_date_grows_with_the_limit(start: datetime, one: int, two: int, unit: str) -> None:
    shorter, longer = sorted([one % (12 if unit == M else 100), two % (12 if unit == M else 100)])

    assert (
        due_date(start, Limit(Decimal(shorter), unit), CALENDAR).at
        <= due_date(start, Limit(Decimal(longer), unit), CALENDAR).at
        or shorter == 0
    )
