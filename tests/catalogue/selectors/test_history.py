from collections.abc import Iterator
from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue import clock
from catalogue.enums import DecisionAction, Role
from catalogue.models import Agency, DecisionItem, Procedure, PublicationDecision
from catalogue.selectors.history import (
    amendment_of,
    entered_version,
    history_of,
    unpublished_changes,
)
from catalogue.selectors.procedures import Standing
from catalogue.services.decisions import (
    add_item,
    approve_decision,
    enter_decision,
    prepare_correction,
    publishing_agency,
    submit_decision,
)
from factories.catalogue import make_decision, make_member, make_version
from portal.accounts.models import User

pytestmark = pytest.mark.django_db

BEGAN, ENDS = date(2026, 2, 1), date(2026, 8, 1)
AMEND, ABOLISH = DecisionAction.AMEND, DecisionAction.ABOLISH


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with clock.frozen(datetime(2026, 5, 1, 9, tzinfo=clock.LOCAL_TZ)):
        yield


@pytest.fixture
def procedure() -> Procedure:
    return make_version(begins=BEGAN).procedure


@pytest.fixture
def agency(procedure: Procedure) -> Agency:
    return publishing_agency(procedure)


@pytest.fixture
def editor(agency: Agency) -> User:
    return make_member(Role.MINISTRY_EDITOR, agency)


@pytest.fixture
def approver(agency: Agency) -> User:
    return make_member(Role.MINISTRY_APPROVER, agency)


def rename(procedure: Procedure, name: str, by: User) -> None:
    page = procedure.get_latest_revision_as_object()
    page.name = name
    page.save_revision(user=by, clean=False)


def decide(
    procedure: Procedure, action: DecisionAction, day: date, editor: User, approver: User | None
) -> PublicationDecision:
    # A row of its own, since the revision that was saved moved the one in the database on.
    procedure = Procedure.objects.get(pk=procedure.pk)
    return make_decision(
        (procedure, action, day),
        agency=publishing_agency(procedure),
        editor=editor,
        approver=approver,
    )


@pytest.mark.both_databases
def test_history_tells_each_act_in_order(
    procedure: Procedure, editor: User, approver: User
) -> None:
    amended = decide(procedure, AMEND, ENDS, editor, approver)
    abolished = decide(procedure, ABOLISH, date(2027, 1, 1), editor, approver)
    decide(procedure, AMEND, date(2027, 6, 1), editor, None)

    entries = history_of(procedure.code)

    assert [entry.action for entry in entries] == [DecisionAction.ISSUE, AMEND, ABOLISH]
    assert [entry.decision for entry in entries[1:]] == [amended, abolished]
    assert [entry.begins for entry in entries] == [BEGAN, ENDS, date(2027, 1, 1)]
    assert [entry.version and entry.version.number for entry in entries] == [1, 2, None]
    assert [entry.earlier and entry.earlier.number for entry in entries] == [None, 1, 2]
    assert [entry.standing for entry in entries] == [
        Standing.IN_FORCE,
        Standing.UPCOMING,
        Standing.UPCOMING,
    ]


@pytest.mark.parametrize("code", ["9.999999", "không phải mã", "1\0", ""])
def test_unknown_code_has_no_history(code: str) -> None:
    assert history_of(code) == []


@pytest.mark.parametrize("acts", [1, 3])
def test_history_takes_one_query(
    procedure: Procedure, editor: User, approver: User, acts: int
) -> None:
    for month in range(acts):
        decide(procedure, AMEND, date(2026, 8 + month, 1), editor, approver)

    with CaptureQueriesContext(connection) as queries:
        entries = history_of(procedure.code)
        told = [
            (entry.label, entry.decision.agency.name, entry.version and entry.version.valid_to)
            for entry in entries
        ]

    assert len(told) == acts + 1
    assert len(queries) == 1


def test_version_that_was_not_entered_is_not_found(
    procedure: Procedure, editor: User, approver: User
) -> None:
    decision = decide(procedure, AMEND, ENDS, editor, None)
    approve_decision(decision=decision, by=approver)

    assert entered_version(procedure.code, 1) == procedure.versions.get(number=1)
    assert entered_version(procedure.code, 2) is None


def test_amendment_follows_an_item_from_draft_to_entry(
    procedure: Procedure, editor: User, approver: User
) -> None:
    old = procedure.versions.get().document
    rename(procedure, "Tên mới", editor)
    decision = decide(procedure, AMEND, ENDS, editor, None)
    item = decision.items.get()

    submitted = amendment_of(item)
    rename(procedure, "Tên sau khi trình", editor)
    after_a_change = amendment_of(item)

    assert (submitted.before, submitted.since) == (old, BEGAN)
    assert submitted.after == old | {"name": "Tên mới"}
    assert after_a_change == submitted


def test_amendment_of_an_entered_item_stays(
    procedure: Procedure, editor: User, approver: User
) -> None:
    old = procedure.versions.get().document
    rename(procedure, "Tên mới", editor)
    decision = decide(procedure, AMEND, ENDS, editor, approver)
    rename(procedure, "Tên của năm sau", editor)

    amendment = amendment_of(decision.items.get())

    assert amendment.before == old
    assert amendment.after == old | {"name": "Tên mới"}


def test_amendment_of_a_draft_shows_the_newest_text(procedure: Procedure, editor: User) -> None:
    item = decide(procedure, AMEND, ENDS, editor, None).items.get()
    item.revision = None
    rename(procedure, "Tên mới nhất", editor)
    item.procedure.refresh_from_db()

    amendment = amendment_of(item)

    assert amendment.after
    assert amendment.after["name"] == "Tên mới nhất"


def test_issue_has_nothing_before_and_abolition_nothing_after(
    procedure: Procedure, editor: User
) -> None:
    document = procedure.versions.get().document
    issued = procedure.decision_items.get()
    abolished = decide(procedure, ABOLISH, ENDS, editor, None).items.get()

    assert (amendment_of(issued).before, amendment_of(issued).after) == (None, document)
    assert (amendment_of(abolished).before, amendment_of(abolished).after) == (document, None)


def test_correction_is_read_against_the_newest_version_until_it_is_entered(
    procedure: Procedure, agency: Agency, editor: User, approver: User
) -> None:
    decide(procedure, AMEND, ENDS, editor, approver)
    newest = procedure.versions.get(number=2).document
    rename(procedure, "Tên viết đúng", editor)
    decision = prepare_correction(agency=agency, reason="Sai chính tả", by=editor)
    item = add_item(
        decision=decision,
        procedure=Procedure.objects.get(pk=procedure.pk),
        action=DecisionAction.CORRECT,
        effective_from=clock.today(),
        by=editor,
    )

    draft = amendment_of(item)
    submit_decision(decision=decision, by=editor)
    approve_decision(decision=decision, by=approver)
    enter_decision(decision=decision, by=approver)
    entered = amendment_of(DecisionItem.objects.get(pk=item.pk))

    assert (draft.before, draft.since) == (newest, ENDS)
    assert draft.after == newest | {"name": "Tên viết đúng"}
    assert entered == draft
    assert history_of(procedure.code)[-1].title == f"Đính chính {decision.number}"


def test_unpublished_changes_stand_against_the_version_of_today(
    procedure: Procedure, agency: Agency, editor: User
) -> None:
    old = procedure.versions.get().document
    rename(procedure, "Tên mới", editor)

    changes = unpublished_changes(Procedure.objects.get(pk=procedure.pk), agency)

    assert (changes.before, changes.since) == (old, BEGAN)
    assert changes.after == old | {"name": "Tên mới"}


def test_item_of_the_first_day_has_nothing_before(procedure: Procedure, editor: User) -> None:
    item = procedure.decision_items.get()
    item.effective_from = date.min

    assert amendment_of(item).before is None
