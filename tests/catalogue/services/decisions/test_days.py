from datetime import date, datetime, time

import pytest

from catalogue import clock
from catalogue.enums import DecisionAction, Role
from catalogue.models import DecisionItem, PublicationDecision
from catalogue.services.decisions import (
    DecisionRefused,
    add_item,
    change_decision,
    change_item_day,
    prepare_decision,
)
from catalogue.services.decisions.days import day_problem
from factories.catalogue import SIGNED_ON, make_member, make_ministry, make_procedure

WORDS = "Hãy nhập ngày từ 02/09/1945"


@pytest.mark.parametrize(
    ("today", "day", "possible"),
    [
        (date(2026, 1, 10), date(1, 1, 1), False),
        (date(2026, 1, 10), date(1945, 9, 1), False),
        (date(2026, 1, 10), date(1945, 9, 2), True),
        (date(2026, 1, 10), date(2036, 1, 10), True),
        (date(2026, 1, 10), date(2036, 1, 11), False),
        (date(2026, 1, 10), date(9999, 12, 31), False),
        (date(2028, 2, 29), date(2038, 2, 28), True),
        (date(2028, 2, 29), date(2038, 3, 1), False),
    ],
)
def test_day_is_possible_since_1945_and_for_ten_years(
    today: date, day: date, possible: bool
) -> None:
    with clock.frozen(datetime.combine(today, time(9), clock.LOCAL_TZ)):
        assert (day_problem(day) == "") is possible


@pytest.mark.django_db
@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_every_service_refuses_an_impossible_day(day: date) -> None:
    ministry = make_ministry()
    editor = make_member(Role.MINISTRY_EDITOR, ministry)
    pages = [make_procedure(ministry, by=editor) for _each in range(2)]
    decision = prepare_decision(number="1/QĐ", signed_on=SIGNED_ON, agency=ministry, by=editor)
    issue = DecisionAction.ISSUE
    item = add_item(
        decision=decision, procedure=pages[0], action=issue, effective_from=SIGNED_ON, by=editor
    )

    with pytest.raises(DecisionRefused, match=WORDS):
        prepare_decision(number="2/QĐ", signed_on=day, agency=ministry, by=editor)
    with pytest.raises(DecisionRefused, match=WORDS):
        change_decision(
            decision=decision, number="1/QĐ", signed_on=day, fast_track=False, by=editor
        )
    with pytest.raises(DecisionRefused, match=WORDS):
        add_item(decision=decision, procedure=pages[1], action=issue, effective_from=day, by=editor)
    with pytest.raises(DecisionRefused, match=WORDS):
        change_item_day(item=item, effective_from=day, by=editor)

    assert PublicationDecision.objects.get().signed_on == SIGNED_ON
    assert DecisionItem.objects.get().effective_from == SIGNED_ON
