import threading
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue import clock
from catalogue.enums import DecisionAction, DecisionState, Role
from catalogue.models import (
    Agency,
    Change,
    DecisionItem,
    Job,
    Membership,
    ProcedureVersion,
    PublicationDecision,
)
from catalogue.services.decisions import (
    DecisionRefused,
    approve_decision,
    enter_decision,
    prepare_decision,
    withdraw_decision,
)
from factories.catalogue import (
    SIGNED_ON,
    make_decision,
    make_member,
    make_ministry,
    make_procedure,
)
from portal.accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
ISSUE = DecisionAction.ISSUE
SPRING = date(2026, 3, 1)


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), clock.LOCAL_TZ)


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
def approved(ministry: Agency, editor: User, approver: User) -> PublicationDecision:
    page = make_procedure(ministry, by=editor)
    decision = make_decision((page, ISSUE, SPRING), agency=ministry, editor=editor)
    return approve_decision(decision=decision, by=approver)


def take_rights(user: User) -> None:
    Membership.objects.filter(user=user).delete()


def state_of(decision: PublicationDecision) -> str:
    return PublicationDecision.objects.get(pk=decision.pk).state


def test_decision_is_not_entered_before_it_is_signed(
    approved: PublicationDecision, approver: User
) -> None:
    # D63 art. 24(2): entry follows the signing.
    Membership.objects.update(valid_from=SIGNED_ON - timedelta(days=9))
    before = SIGNED_ON - timedelta(days=1)

    with clock.frozen(noon(before)), pytest.raises(DecisionRefused, match="ký ngày 05/01/2026"):
        enter_decision(decision=approved, by=approver)

    assert state_of(approved) == DecisionState.APPROVED


def test_t8_approval_of_one_who_lost_the_right_is_given_again_by_another(
    ministry: Agency, approved: PublicationDecision, approver: User
) -> None:
    other = make_member(Role.MINISTRY_APPROVER, ministry)
    before = ProcedureVersion.objects.values().get()
    take_rights(approver)

    with pytest.raises(DecisionRefused, match="không còn quyền"):
        enter_decision(decision=approved, by=other)
    again = approve_decision(decision=approved, by=other)
    entered = enter_decision(decision=again, by=other)

    assert (entered.approved_by, entered.state) == (other, DecisionState.IN_FORCE)
    changed = {"valid_from": SPRING}
    assert ProcedureVersion.objects.values().get() == before | changed


def test_t8_second_approval_needs_another_than_the_editor(
    ministry: Agency, editor: User, approved: PublicationDecision, approver: User
) -> None:
    Membership.objects.filter(user=editor).update(role=Role.MINISTRY_APPROVER)
    take_rights(approver)

    with pytest.raises(DecisionRefused, match="do bạn lập"):
        approve_decision(decision=approved, by=editor)


@pytest.mark.parametrize(
    "change",
    [
        lambda decision: decision.items.update(effective_from=date(2030, 1, 1)),
        lambda decision: decision.items.update(action=DecisionAction.AMEND),
        lambda decision: decision.items.update(sha256="0" * 64),
        lambda decision: PublicationDecision.objects.update(number="99/QĐ"),
        lambda decision: PublicationDecision.objects.update(signed_on=date(2026, 1, 6)),
        lambda decision: DecisionItem(
            decision=decision,
            procedure=make_procedure(decision.agency),
            action=ISSUE,
            effective_from=SPRING,
        ).save(),
    ],
    ids=["day", "act", "pin", "number", "signing day", "another item"],
)
def test_t11_whatever_was_changed_after_approval_is_not_entered(
    approved: PublicationDecision, approver: User, change: Callable[[PublicationDecision], Any]
) -> None:
    change(approved)

    with pytest.raises(DecisionRefused, match="bị sửa sau khi phê duyệt"):
        enter_decision(decision=approved, by=approver)

    assert state_of(approved) == DecisionState.APPROVED
    assert not ProcedureVersion.objects.entered().exists()


def test_t11_item_saved_directly_after_approval_needs_approval_again(
    approved: PublicationDecision, approver: User
) -> None:
    item = approved.items.get()
    item.effective_from = date(2026, 4, 1)
    item.save()

    entered = enter_decision(decision=approve_decision(decision=approved, by=approver), by=approver)

    assert entered.items.get().version.valid_from == date(2026, 4, 1)


def test_t11_item_that_lost_its_version_is_not_entered(
    approved: PublicationDecision, approver: User
) -> None:
    ProcedureVersion.objects.all().delete()

    with pytest.raises(DecisionRefused, match="thay đổi sau khi phê duyệt"):
        enter_decision(decision=approved, by=approver)


def test_t7_withdrawn_decision_is_neither_approved_nor_entered(
    approved: PublicationDecision, editor: User, approver: User
) -> None:
    withdraw_decision(decision=approved, by=editor)

    for step in (approve_decision, enter_decision):
        with pytest.raises(DecisionRefused, match="Đã rút"):
            step(decision=approved, by=approver)

    assert not ProcedureVersion.objects.exists()


def test_t7_edit_after_approval_changes_nothing_of_what_is_entered(
    approved: PublicationDecision, editor: User, approver: User
) -> None:
    item = approved.items.get()
    page = item.procedure
    page.name = "Tên khác"
    page.save_revision(user=editor)

    enter_decision(decision=approved, by=approver)

    version = page.versions.get()
    assert (version.name, version.sha256) == (version.document["name"], item.sha256)
    assert version.name != "Tên khác"


def test_entry_announces_each_procedure_once_by_one_job(
    ministry: Agency, editor: User, approver: User
) -> None:
    pages = [make_procedure(ministry, by=editor) for _each in range(3)]
    items = [(page, ISSUE, SPRING) for page in pages]

    make_decision(*items, agency=ministry, editor=editor, approver=approver)

    codes = sorted(page.code for page in pages)
    assert sorted(Change.objects.values_list("key", flat=True)) == codes
    job = Job.objects.get(kind="catalogue.sync_live_pages")
    assert sorted(job.payload["codes"]) == codes


def test_steps_write_as_often_for_one_item_as_for_three(
    ministry: Agency, editor: User, approver: User
) -> None:
    counts = []
    for many in (1, 1, 3):
        pages = [make_procedure(ministry, by=editor) for _each in range(many)]
        items = [(page, ISSUE, SPRING) for page in pages]
        decision = make_decision(*items, agency=ministry, editor=editor)
        with CaptureQueriesContext(connection) as approving:
            approved = approve_decision(decision=decision, by=approver)
        with CaptureQueriesContext(connection) as entering:
            enter_decision(decision=approved, by=approver)
        counts.append((writes(approving), len(entering)))

    # The first one also makes rows that stay, such as the counter of changes.
    assert counts[1] == counts[2]


def writes(queries: CaptureQueriesContext) -> int:
    """Texts are read one page at a time, before the transaction; what is written is not."""
    return sum(each["sql"].startswith(("INSERT", "UPDATE")) for each in queries)


if connection.vendor == "postgresql":  # SQLite has one writer at a time

    def outcomes_at_once(*steps: Callable[[], Any]) -> list[str]:
        """Take all steps at once and tell how each ended; any other end is missing there."""
        together, outcomes = threading.Barrier(len(steps)), []

        def take(step: Callable[[], Any]) -> None:
            together.wait()
            try:
                step()
            except DecisionRefused:
                outcomes.append("refused")
            else:
                outcomes.append("done")
            finally:
                connection.close()

        threads = [threading.Thread(target=take, args=(step,)) for step in steps]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return sorted(outcomes)

    @pytest.mark.django_db(transaction=True)
    def test_t7_of_two_approvers_at_once_one_wins() -> None:
        ministry = make_ministry()
        editor = make_member(Role.MINISTRY_EDITOR, ministry)
        approvers = [make_member(Role.MINISTRY_APPROVER, ministry) for _each in range(2)]
        page = make_procedure(ministry, by=editor)
        decision = make_decision((page, ISSUE, SPRING), agency=ministry, editor=editor)

        outcomes = outcomes_at_once(
            *(partial(approve_decision, decision=decision, by=by) for by in approvers)
        )

        assert outcomes == ["done", "refused"]
        assert page.versions.count() == 1

    @pytest.mark.django_db(transaction=True)
    def test_t7_decisions_of_one_procedure_take_turns() -> None:
        ministry = make_ministry()
        editor = make_member(Role.MINISTRY_EDITOR, ministry)
        approver = make_member(Role.MINISTRY_APPROVER, ministry)
        pages = [make_procedure(ministry, by=editor) for _each in range(20)]
        decisions = [
            make_decision(
                *((page, ISSUE, SPRING) for page in order), agency=ministry, editor=editor
            )
            for order in (pages, pages[::-1])
        ]

        approvals = outcomes_at_once(
            *(partial(approve_decision, decision=each, by=approver) for each in decisions)
        )
        entries = outcomes_at_once(
            *(partial(enter_decision, decision=each, by=approver) for each in decisions)
        )

        assert (approvals, entries) == (["done", "done"], ["done", "refused"])
        assert [page.versions.entered().count() for page in pages] == [1] * 20


def test_number_of_a_decision_is_free_in_another_agency(editor: User, ministry: Agency) -> None:
    other = make_ministry("G01", "Bộ Công an")
    stranger = make_member(Role.MINISTRY_EDITOR, other)
    first = prepare_decision(number="1/QĐ", signed_on=SIGNED_ON, agency=ministry, by=editor)

    second = prepare_decision(number="1/QĐ", signed_on=SIGNED_ON, agency=other, by=stranger)

    assert first.pk != second.pk
