from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from catalogue import clock
from catalogue.enums import DecisionAction, DecisionKind, DecisionState, Role
from catalogue.models import (
    Agency,
    Membership,
    Procedure,
    ProcedureVersion,
    PublicationDecision,
)
from catalogue.services.decisions import (
    DecisionRefused,
    add_item,
    add_items,
    approve_decision,
    enter_decision,
    prepare_correction,
    prepare_decision,
    submit_decision,
)
from factories.catalogue import (
    SIGNED_ON,
    make_decision,
    make_member,
    make_membership,
    make_ministry,
    make_version,
)
from portal.accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
BEGAN = date(2026, 3, 1)


def at(day: date) -> datetime:
    return datetime.combine(day, time(9), clock.LOCAL_TZ)


@pytest.fixture(autouse=True)
def in_january() -> Iterator[None]:
    with clock.frozen(at(date(2026, 1, 10))):
        yield


@pytest.fixture
def ministry() -> Agency:
    return make_ministry()


@pytest.fixture
def version(ministry: Agency) -> ProcedureVersion:
    return make_version(ministry, begins=BEGAN)


@pytest.fixture
def editor(ministry: Agency) -> User:
    return make_member(Role.MINISTRY_EDITOR, ministry)


@pytest.fixture
def approver(ministry: Agency) -> User:
    return make_member(Role.MINISTRY_APPROVER, ministry)


def rewrite(version: ProcedureVersion, by: User, **values: Any) -> Procedure:
    page = Procedure.objects.get(pk=version.procedure_id)
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision(user=by)
    return page


def correction(ministry: Agency, editor: User, *pages: Procedure) -> PublicationDecision:
    decision = prepare_correction(agency=ministry, reason="Sai dấu.", by=editor)
    add_items(decision=decision, procedures=pages, effective_from=SIGNED_ON, by=editor)
    return decision


def enter(decision: PublicationDecision, editor: User, approver: User) -> PublicationDecision:
    submitted = submit_decision(decision=decision, by=editor)
    return enter_decision(decision=approve_decision(decision=submitted, by=approver), by=approver)


def test_correction_holds_from_the_day_it_is_entered(
    ministry: Agency, version: ProcedureVersion, editor: User, approver: User
) -> None:
    page = rewrite(version, editor, name=f"{version.name} đã sửa dấu")
    today = BEGAN + timedelta(days=40)
    with clock.frozen(at(BEGAN + timedelta(days=30))):
        submitted = submit_decision(decision=correction(ministry, editor, page), by=editor)
        approved = approve_decision(decision=submitted, by=approver)

    with clock.frozen(at(today)):
        entered = enter_decision(decision=approved, by=approver)

    assert (entered.state, entered.kind) == (DecisionState.IN_FORCE, DecisionKind.CORRECTION)
    assert list(page.versions.order_by("number").values_list("valid_from", "valid_to")) == [
        (BEGAN, today),
        (today, None),
    ]
    assert page.versions.get(number=2).decision_item.action == DecisionAction.CORRECT


def test_correction_begins_a_day_after_what_it_corrects_at_the_earliest(
    ministry: Agency, version: ProcedureVersion, editor: User, approver: User
) -> None:
    page = rewrite(version, editor, name=f"{version.name} đã sửa dấu")

    with clock.frozen(at(BEGAN - timedelta(days=10))):
        enter(correction(ministry, editor, page), editor, approver)

    assert page.versions.get(number=2).valid_from == BEGAN + timedelta(days=1)


def test_correction_gets_the_next_number_of_the_agency_and_year(
    ministry: Agency, editor: User
) -> None:
    other = make_ministry("G01", "Bộ Công an")
    stranger = make_member(Role.MINISTRY_EDITOR, other)
    with clock.frozen(at(date(2026, 12, 31))):
        numbers = [
            prepare_correction(agency=ministry, reason="Sai dấu.", by=editor).number
            for _each in range(2)
        ]
        own = prepare_correction(agency=ministry, reason="Sai.", by=editor, number=" 7/ĐC ")
        foreign = prepare_correction(agency=other, reason="Sai dấu.", by=stranger)
    with clock.frozen(at(date(2027, 1, 1))):
        next_year = prepare_correction(agency=ministry, reason="Sai dấu.", by=editor)

    assert [*numbers, own.number, foreign.number, next_year.number] == [
        "ĐC-2026-1",
        "ĐC-2026-2",
        "7/ĐC",
        "ĐC-2026-1",
        "ĐC-2027-1",
    ]


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_correction_without_a_reason_is_refused(
    ministry: Agency, editor: User, reason: str
) -> None:
    with pytest.raises(DecisionRefused, match="đính chính nội dung gì"):
        prepare_correction(agency=ministry, reason=reason, by=editor)


def test_correction_of_another_agency_is_denied(editor: User) -> None:
    with pytest.raises(PermissionDenied):
        prepare_correction(agency=make_ministry("G01", "Bộ"), reason="Sai dấu.", by=editor)


def test_change_of_meaning_is_refused_with_its_place(
    ministry: Agency, version: ProcedureVersion, editor: User
) -> None:
    page = rewrite(version, editor, sets=9)

    with pytest.raises(DecisionRefused, match=f"^{page.code}, .*: thay đổi này không chỉ là"):
        submit_decision(decision=correction(ministry, editor, page), by=editor)

    assert PublicationDecision.objects.get(kind=DecisionKind.CORRECTION).state == "draft"


def test_meaning_is_compared_again_with_what_was_entered_meanwhile(
    ministry: Agency, version: ProcedureVersion, editor: User, approver: User
) -> None:
    page = rewrite(version, editor, name=f"{version.name} đã sửa dấu")
    submitted = submit_decision(decision=correction(ministry, editor, page), by=editor)
    approved = approve_decision(decision=submitted, by=approver)
    rewrite(version, editor, sets=9)
    with clock.frozen(at(BEGAN + timedelta(days=20))):
        make_decision(
            (page, DecisionAction.AMEND, BEGAN + timedelta(days=9)),
            agency=ministry,
            editor=editor,
            approver=approver,
        )

        with pytest.raises(DecisionRefused, match="không chỉ là đính chính"):
            enter_decision(decision=approved, by=approver)


def test_t7_corrector_does_not_approve_the_own_correction(
    ministry: Agency, version: ProcedureVersion, editor: User
) -> None:
    page = rewrite(version, editor, name=f"{version.name} đã sửa dấu")
    make_membership(editor, ministry, Role.MINISTRY_APPROVER)
    submitted = submit_decision(decision=correction(ministry, editor, page), by=editor)

    with pytest.raises(DecisionRefused, match="do bạn lập"):
        approve_decision(decision=submitted, by=editor)


def test_correction_takes_only_corrections_and_a_publication_none(
    ministry: Agency, version: ProcedureVersion, editor: User
) -> None:
    decisions = {
        DecisionAction.AMEND: prepare_correction(agency=ministry, reason="Sai dấu.", by=editor),
        DecisionAction.CORRECT: prepare_decision(
            number="9/QĐ", signed_on=SIGNED_ON, agency=ministry, by=editor
        ),
    }

    for action, decision in decisions.items():
        with pytest.raises(DecisionRefused, match="đính chính phải lập riêng"):
            add_item(
                decision=decision,
                procedure=version.procedure,
                action=action,
                effective_from=BEGAN,
                by=editor,
            )


def test_what_has_a_set_end_is_not_corrected(
    ministry: Agency, version: ProcedureVersion, editor: User, approver: User
) -> None:
    make_decision(
        (version.procedure, DecisionAction.ABOLISH, BEGAN + timedelta(days=90)),
        agency=ministry,
        editor=editor,
        approver=approver,
    )
    page = rewrite(version, editor, name=f"{version.name} đã sửa dấu")

    with pytest.raises(DecisionRefused, match=page.code):
        enter(correction(ministry, editor, page), editor, approver)


def test_correction_approved_again_begins_after_what_was_entered_meanwhile(
    ministry: Agency, version: ProcedureVersion, editor: User, approver: User
) -> None:
    page = rewrite(version, editor, name=f"{version.name} đã sửa dấu")
    submitted = submit_decision(decision=correction(ministry, editor, page), by=editor)
    approved = approve_decision(decision=submitted, by=approver)
    other = make_member(Role.MINISTRY_APPROVER, ministry)
    with clock.frozen(at(BEGAN + timedelta(days=20))):
        make_decision(
            (page, DecisionAction.AMEND, BEGAN + timedelta(days=9)),
            agency=ministry,
            editor=editor,
            approver=other,
        )
        Membership.objects.filter(user=approver).delete()

        again = approve_decision(decision=approved, by=other)

    assert again.items.get().effective_from == BEGAN + timedelta(days=20)
