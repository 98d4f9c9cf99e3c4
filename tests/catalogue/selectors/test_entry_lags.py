from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue import clock
from catalogue.enums import AgencyKind, DecisionKind, DecisionState, Level, Role
from catalogue.models import Agency, PublicationDecision
from catalogue.ports import ports
from catalogue.selectors.entry_lags import entry_lags, late_decisions, overdue_decisions
from catalogue.services.rules import load_rules
from factories.catalogue import SIGNED_ON, make_agency, make_member, make_user
from portal.accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
YEAR = {"start": date(2026, 1, 1), "end": date(2026, 12, 31)}


@pytest.fixture(autouse=True)
def rules() -> None:
    load_rules()


@pytest.fixture
def province() -> Agency:
    return make_agency(name="Tỉnh Một")


@pytest.fixture
def editor(province: Agency) -> User:
    return make_member(Role.PROVINCE_EDITOR, province)


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), clock.LOCAL_TZ)


def make(agency: Agency, days: int | None, **values: Any) -> PublicationDecision:
    """A decision signed on a Monday and entered `days` calendar days later, or never."""
    number = f"{PublicationDecision.objects.count()}/QĐ"
    values = {"number": number, "signed_on": SIGNED_ON, "agency": agency, **values}
    if days is not None:
        values |= {
            "state": DecisionState.IN_FORCE,
            "entered_at": noon(SIGNED_ON + timedelta(days=days)),
        }
    return PublicationDecision.objects.create(**values)


def test_lag_of_an_agency_is_told_in_working_days(province: Agency, editor: User) -> None:
    # D63 art. 24(2): five working days for a province; the eighth day is the sixth of them.
    for days in (0, 2, 7, 8):
        make(province, days)

    (lag,) = entry_lags(editor, **YEAR)

    assert (lag.agency, lag.decisions, lag.is_working) == (province, 4, True)
    assert (lag.median, lag.longest, lag.late, lag.percent_in_time) == (3.5, 6, 1, 75)
    assert [late.days for late in late_decisions([lag])] == [6]


def test_slowest_agency_comes_first(editor: User, province: Agency) -> None:
    office = make_agency(kind=AgencyKind.GOVERNMENT, level=Level.MINISTRY)
    controller = make_member(Role.GOVERNMENT_CONTROL, office)
    quick, slow = make_agency(name="Tỉnh Nhanh"), make_agency(name="Tỉnh Chậm")
    make(quick, 1)
    make(slow, 9)
    make(province, 3)

    # D63 art. 26(1): the Government Office watches the entries of all others.
    everybody = [lag.agency for lag in entry_lags(controller, **YEAR)]

    assert everybody == [slow, province, quick]
    assert [lag.agency for lag in entry_lags(editor, **YEAR)] == [province]
    assert entry_lags(make_user(), **YEAR) == []


def test_only_publications_entered_in_the_period_count(province: Agency, editor: User) -> None:
    make(province, 1)
    make(province, 1, kind=DecisionKind.CORRECTION)
    make(province, 1, signed_on=None)
    make(province, None)
    day = SIGNED_ON + timedelta(days=1)

    counts = [
        sum(lag.decisions for lag in entry_lags(editor, start=start, end=end))
        for start, end in (
            (day, day),
            (day + timedelta(days=1), date(2026, 12, 31)),
            (date(2026, 1, 1), day - timedelta(days=1)),
        )
    ]

    assert counts == [1, 0, 0]


def test_signed_and_not_entered_past_its_day_is_overdue(province: Agency, editor: User) -> None:
    approved = make(province, None, state=DecisionState.APPROVED)
    make(province, None, state=DecisionState.WITHDRAWN)
    make(province, None, signed_on=SIGNED_ON + timedelta(days=3))
    make(province, 1)

    with clock.frozen(noon(SIGNED_ON + timedelta(days=7))):
        in_time = overdue_decisions(make_member(Role.PROVINCE_EDITOR, province))
    with clock.frozen(noon(SIGNED_ON + timedelta(days=8))):
        overdue = overdue_decisions(make_member(Role.PROVINCE_EDITOR, province))

    assert in_time == []
    assert [(lag.decision, lag.days, lag.limit) for lag in overdue] == [(approved, 6, 5)]


def test_body_without_a_limit_is_never_late() -> None:
    other = make_agency(level=Level.OTHER)
    make(other, 90)
    office = make_agency(kind=AgencyKind.GOVERNMENT, level=Level.MINISTRY)

    (lag,) = entry_lags(make_member(Role.GOVERNMENT_CONTROL, office), **YEAR)

    assert (lag.late, lag.percent_in_time) == (0, 100)


def test_without_a_calendar_days_are_counted_and_marked(
    province: Agency, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ports, "office_calendars", None)
    make(province, 8)

    (lag,) = entry_lags(editor, **YEAR)

    assert (lag.longest, lag.is_working) == (8, False)


def test_lags_are_read_as_often_for_one_agency_as_for_three(province: Agency) -> None:
    office = make_agency(kind=AgencyKind.GOVERNMENT, level=Level.MINISTRY)
    controller = make_member(Role.GOVERNMENT_CONTROL, office)
    counts = []

    for agencies in ([province], [make_agency(), make_agency()]):
        for nth, agency in enumerate(agencies):
            make(agency, 3, signed_on=SIGNED_ON + timedelta(days=nth))
        with CaptureQueriesContext(connection) as queries:
            entry_lags(controller, **YEAR)
        counts.append(len(queries))

    assert counts[0] == counts[1]
