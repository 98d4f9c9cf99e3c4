from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from catalogue import clock
from catalogue.enums import DecisionKind, DecisionState, Level
from catalogue.models import DecisionItem, PublicationDecision, Rule
from catalogue.ports import ports
from catalogue.selectors.publication_days import (
    DayWarning,
    day_warnings,
    days_of,
    entry_days_of_today,
    entry_limit,
)
from catalogue.services.rules import load_rules
from factories.catalogue import SIGNED_ON, make_agency, make_procedure

pytestmark = pytest.mark.django_db
# A Monday without holidays in the three weeks after it.
MONDAY = SIGNED_ON
MINISTRY, PROVINCE = Level.MINISTRY, Level.PROVINCE


@pytest.fixture(autouse=True)
def rules() -> None:
    load_rules()


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), clock.LOCAL_TZ)


def make(level: str, *effects: date, **values: Any) -> PublicationDecision:
    agency = make_agency(level=level)
    values = {"number": "1/QĐ", "signed_on": MONDAY, "agency": agency, **values}
    decision = PublicationDecision.objects.create(**values)
    for day in effects:
        DecisionItem.objects.create(
            decision=decision, procedure=make_procedure(), action="issue", effective_from=day
        )
    return decision


def told(decision: PublicationDecision, on: date) -> list[DayWarning]:
    with clock.frozen(noon(on)):
        return day_warnings(decision)


@pytest.mark.parametrize(
    ("level", "fast_track", "last_day"),
    [
        (MINISTRY, False, date(2026, 1, 19)),
        (PROVINCE, False, date(2026, 1, 12)),
        (MINISTRY, True, date(2026, 1, 7)),
        (PROVINCE, True, date(2026, 1, 7)),
    ],
)
def test_entry_is_due_after_so_many_working_days_of_the_signing(
    level: str, fast_track: bool, last_day: date
) -> None:
    # D63 art. 24(2): ten working days for a ministry, five for a province, two by fast track.
    decision = make(level, fast_track=fast_track)

    limit = entry_limit(decision, days_of(decision.agency))
    in_time = told(decision, last_day)
    late = told(decision, last_day + timedelta(days=1))

    assert limit is not None
    assert (limit.last_day, limit.is_working) == (last_day, True)
    assert in_time == []
    assert [(each.article, each.mend) for each in late] == [
        ("D63 art. 24(2)", "Hãy trình, phê duyệt và đưa vào danh mục ngay hôm nay.")
    ]


def test_holidays_do_not_count_towards_the_entry() -> None:
    # D63 art. 24(2): working days; Tết of 2026 lies between.
    decision = make(PROVINCE, signed_on=date(2026, 2, 13))

    limit = entry_limit(decision, days_of(decision.agency))

    assert limit is not None
    assert limit.last_day > date(2026, 2, 20)


def test_entry_without_a_calendar_is_counted_in_days_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ports, "office_calendars", None)
    decision = make(PROVINCE)

    (late,) = told(decision, MONDAY + timedelta(days=6))

    assert told(decision, MONDAY + timedelta(days=5)) == []
    assert "Chưa kiểm tra được" in late.text


def test_late_entry_is_told_for_good() -> None:
    decision = make(
        PROVINCE, state=DecisionState.IN_FORCE, entered_at=noon(MONDAY + timedelta(days=30))
    )

    (warning,) = told(decision, MONDAY + timedelta(days=300))

    assert warning.text == "Đưa vào danh mục sau hạn 12/01/2026 (5 ngày làm việc)."


@pytest.mark.parametrize(
    ("level", "days", "is_told"),
    [
        (MINISTRY, 19, True),
        (MINISTRY, 20, False),
        (PROVINCE, 4, True),
        (PROVINCE, 5, False),
        (Level.OTHER, 4, True),
    ],
)
def test_effect_too_soon_after_the_signing_is_told(level: str, days: int, is_told: bool) -> None:
    # D63 art. 15: a ministry signs 20 days before the act's effect; bodies of art. 13(2), (3) 5.
    decision = make(level, MONDAY + timedelta(days=days))

    warnings = told(decision, MONDAY)

    assert [each.article for each in warnings] == ["D63 art. 15"] * is_told


@pytest.mark.parametrize(("days", "is_told"), [(3, False), (4, True)])
def test_fast_track_decision_is_signed_within_three_days_of_the_act(
    days: int, is_told: bool
) -> None:
    # D63 art. 15: such an act is in force from its signing, so the items begin on that day.
    decision = make(MINISTRY, MONDAY - timedelta(days=days), fast_track=True)

    warnings = told(decision, MONDAY)

    assert [each.article for each in warnings] == ["D63 art. 15"] * is_told


def test_many_items_that_begin_too_soon_are_one_warning() -> None:
    decision = make(MINISTRY, *[MONDAY] * 7)

    (warning,) = told(decision, MONDAY)

    assert warning.text.endswith("và 2 thủ tục khác.")


def test_signing_day_to_come_is_told() -> None:
    decision = make(MINISTRY, MONDAY + timedelta(days=90))

    (warning,) = told(decision, MONDAY - timedelta(days=1))

    assert "ngày chưa đến" in warning.text


@pytest.mark.parametrize(
    "values",
    [{"signed_on": None}, {"kind": DecisionKind.CORRECTION}, {"state": DecisionState.WITHDRAWN}],
    ids=["undated", "correction", "withdrawn"],
)
def test_decision_without_such_days_has_no_warning(values: dict[str, Any]) -> None:
    decision = make(PROVINCE, **values)

    assert told(decision, MONDAY + timedelta(days=99)) == []


def test_day_before_any_rule_has_no_warning() -> None:
    decision = make(MINISTRY, date(1999, 1, 2), signed_on=date(1999, 1, 1))

    assert told(decision, MONDAY) == []


def test_withdrawn_decision_is_neither_unsigned_nor_late() -> None:
    decision = make(
        MINISTRY, MONDAY, signed_on=MONDAY + timedelta(days=9), state=DecisionState.WITHDRAWN
    )

    assert told(decision, MONDAY) == []


def test_limits_of_today_are_those_of_the_rules() -> None:
    Rule.objects.filter(key="entry.ministry_working_days").update(value=7)

    with clock.frozen(noon(MONDAY)):
        limits = entry_days_of_today()

    assert limits == {"ministry": 7, "province": 5, "fast_track": 2}
