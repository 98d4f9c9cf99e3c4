from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from catalogue.enums import DecisionAction, DecisionState, Level, Role
from catalogue.models import Agency, Procedure, PublicationDecision
from catalogue.selectors.publication_days import day_warnings
from catalogue.services.decisions import approve_decision, withdraw_decision
from catalogue.services.rules import load_rules
from factories.catalogue import (
    SIGNED_ON,
    make_agency,
    make_decision,
    make_member,
    make_ministry,
    make_procedure,
)
from portal.accounts.models import User

pytestmark = pytest.mark.django_db
ISSUE = DecisionAction.ISSUE
LATE_ENOUGH = SIGNED_ON + timedelta(days=20)


@pytest.fixture
def ministry() -> Agency:
    return make_ministry()


@pytest.fixture
def editor(ministry: Agency) -> User:
    return make_member(Role.MINISTRY_EDITOR, ministry)


@pytest.fixture
def approver(ministry: Agency) -> User:
    return make_member(Role.MINISTRY_APPROVER, ministry)


@pytest.fixture
def procedure(ministry: Agency, editor: User) -> Procedure:
    return make_procedure(ministry, by=editor)


@pytest.fixture
def submitted(ministry: Agency, editor: User, procedure: Procedure) -> PublicationDecision:
    return make_decision((procedure, ISSUE, LATE_ENOUGH), agency=ministry, editor=editor)


def step(client: Client, user: User, decision: PublicationDecision, name: str) -> str:
    client.force_login(user)
    return client.post(f"{address(decision)}{name}/", follow=True).content.decode()


def screen(client: Client, user: User, decision: PublicationDecision) -> str:
    client.force_login(user)
    return client.get(address(decision)).content.decode()


def address(decision: PublicationDecision) -> str:
    return f"/quan-tri/quyet-dinh/{decision.pk}/"


def buttons(html: str, decision: PublicationDecision) -> list[str]:
    steps = ("trinh", "duyet", "dua-vao-danh-muc", "rut", "them")
    return [name for name in steps if f'action="{address(decision)}{name}/"' in html]


def state_of(decision: PublicationDecision) -> str:
    return PublicationDecision.objects.get(pk=decision.pk).state


def test_decision_is_approved_and_then_entered(
    client: Client, approver: User, submitted: PublicationDecision, procedure: Procedure
) -> None:
    after_approval = step(client, approver, submitted, "duyet")
    state = state_of(submitted)
    after_entry = step(client, approver, submitted, "dua-vao-danh-muc")

    assert state == DecisionState.APPROVED
    assert buttons(after_approval, submitted) == ["dua-vao-danh-muc"]
    assert state_of(submitted) == DecisionState.IN_FORCE
    assert buttons(after_entry, submitted) == []
    assert procedure.versions.get().valid_from == LATE_ENOUGH


def test_every_state_before_entry_has_a_button_for_somebody(
    client: Client, editor: User, approver: User, submitted: PublicationDecision
) -> None:
    first = [buttons(screen(client, who, submitted), submitted) for who in (editor, approver)]
    approve_decision(decision=submitted, by=approver)
    second = [buttons(screen(client, who, submitted), submitted) for who in (editor, approver)]

    assert first == [["trinh", "rut"], ["duyet"]]
    assert second == [["rut"], ["dua-vao-danh-muc"]]


def test_t7_refused_approval_says_what_to_do(
    client: Client, editor: User, approver: User, submitted: PublicationDecision
) -> None:
    page = Procedure.objects.get()
    page.save_revision(user=editor)

    html = step(client, approver, submitted, "duyet")

    assert f"{page.code} đã thay đổi sau khi trình" in html
    assert state_of(submitted) == DecisionState.SUBMITTED


def test_number_of_a_withdrawn_decision_can_be_typed_again(
    client: Client, ministry: Agency, editor: User, submitted: PublicationDecision
) -> None:
    withdraw_decision(decision=submitted, by=editor)
    client.force_login(editor)
    data: dict[str, Any] = {"agency": ministry.pk, "number": submitted.number}

    client.post("/quan-tri/quyet-dinh/moi/", data | {"signed_on": "2026-01-05"})

    states = PublicationDecision.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [DecisionState.WITHDRAWN, DecisionState.DRAFT]


@pytest.mark.parametrize(
    ("level", "days", "warned"),
    [
        (Level.MINISTRY, 19, True),
        (Level.MINISTRY, 20, False),
        (Level.PROVINCE, 4, True),
        (Level.PROVINCE, 5, False),
    ],
)
def test_item_that_takes_effect_too_soon_is_warned_of(
    client: Client, level: Level, days: int, warned: bool
) -> None:
    # D63 art. 15: a ministry signs at least 20 days before, a province 5.
    load_rules()
    agency = make_agency(level=level)
    roles = {Level.MINISTRY: Role.MINISTRY_EDITOR, Level.PROVINCE: Role.PROVINCE_EDITOR}
    editor = make_member(roles[level], agency)
    procedure = make_procedure(agency)
    day = SIGNED_ON + timedelta(days=days)
    decision = make_decision((procedure, ISSUE, day), agency=agency, editor=editor)

    html = screen(client, editor, decision)

    assert ("ngày sau ngày ký" in html) == warned


def test_decision_without_a_day_or_a_rule_has_no_warning(ministry: Agency) -> None:
    load_rules()
    undated = PublicationDecision(number="1/QĐ", agency=ministry)
    early = PublicationDecision(number="2/QĐ", agency=ministry, signed_on=date(1999, 1, 1))

    assert [day_warnings(undated), day_warnings(early)] == [[], []]
