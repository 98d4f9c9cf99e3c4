"""Imports beside what people decided: versions that wait for their day, and ends that are set."""

from datetime import date
from typing import Any

import pytest

from catalogue.enums import DecisionAction, Role
from catalogue.importing.records import ReadRecord
from catalogue.importing.rows import Row
from catalogue.models import (
    Agency,
    AuditEntry,
    Procedure,
    ProcedureVersion,
    PublicationDecision,
)
from catalogue.services.decisions import approve_decision
from catalogue.services.import_procedures import ImportReport, import_procedures
from factories.catalogue import (
    make_decision,
    make_full_document,
    make_member,
    make_ministry,
    make_procedure,
    make_version,
)
from portal.accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

CODE = "1.000001"
FIRST, SECOND, THIRD = date(2026, 1, 1), date(2026, 4, 1), date(2026, 6, 1)


@pytest.fixture
def ministry() -> Agency:
    return make_ministry("G99", "Bộ Thử nghiệm")


@pytest.fixture
def editor(ministry: Agency) -> User:
    return make_member(Role.MINISTRY_EDITOR, ministry)


@pytest.fixture
def approver(ministry: Agency) -> User:
    return make_member(Role.MINISTRY_APPROVER, ministry)


def row(code: str = CODE, line: int = 1, **changes: Any) -> Row:
    return Row(line, code, ReadRecord(make_full_document(code, **changes), "Bộ Thử nghiệm"))


def bring(*rows: Row, on: date) -> ImportReport:
    return import_procedures(rows=rows, by=None, effective_from=on)


def approve_amendment(page: Any, editor: User, approver: User, agency: Agency) -> None:
    """Approve, and do not enter, an amendment of `page` that adds keywords."""
    page.keywords = ["chưa công bố"]
    page.save_revision(user=editor, clean=False)
    decision = make_decision((page, DecisionAction.AMEND, THIRD), agency=agency, editor=editor)
    approve_decision(decision=decision, by=approver)


def test_x2_end_set_for_a_later_day_refuses_all_before_anything_is_written(
    ministry: Agency, editor: User, approver: User
) -> None:
    version = make_version(ministry, code=CODE, begins=FIRST)
    make_decision(
        (version.procedure, DecisionAction.ABOLISH, THIRD),
        agency=ministry,
        editor=editor,
        approver=approver,
    )

    report = bring(row("1.000009"), row(sets=2, line=2), on=SECOND)

    [(line, code, problem)] = report.refused
    assert (line, code) == (2, CODE)
    assert "01/06/2026" in problem
    assert not Procedure.objects.filter(code="1.000009").exists()


def test_record_takes_effect_on_the_day_on_which_the_version_ends(
    ministry: Agency, editor: User, approver: User
) -> None:
    version = make_version(ministry, code=CODE, begins=FIRST)
    make_decision(
        (version.procedure, DecisionAction.ABOLISH, THIRD),
        agency=ministry,
        editor=editor,
        approver=approver,
    )

    report = bring(row(sets=2), on=THIRD)

    assert (report.refused, report.updated) == ([], [CODE])
    assert report.doubts == [(CODE, "ended: in force again")]


def test_x2_day_is_checked_against_the_entered_version_beside_an_approved_one(
    ministry: Agency, editor: User, approver: User
) -> None:
    version = make_version(ministry, code=CODE, begins=SECOND)
    approve_amendment(version.procedure, editor, approver, ministry)

    report = bring(row("1.000009"), row(sets=2, line=2), on=SECOND)

    assert [(line, code) for line, code, _problem in report.refused] == [(2, CODE)]
    assert not Procedure.objects.filter(code="1.000009").exists()


def test_import_publishes_nothing_of_an_approved_version_that_is_not_entered(
    ministry: Agency, editor: User, approver: User
) -> None:
    version = make_version(ministry, code=CODE, begins=FIRST, keywords=["đã công bố"])
    approve_amendment(version.procedure, editor, approver, ministry)

    bring(row(sets=2, keywords=[]), on=SECOND)

    latest = ProcedureVersion.objects.entered().latest("valid_from")
    assert latest.number == 3
    assert latest.document["keywords"] == ["đã công bố"]


def test_import_publishes_nothing_of_the_only_version_that_is_not_entered(
    ministry: Agency, editor: User, approver: User
) -> None:
    page = make_procedure(ministry, code=CODE, by=editor, keywords=["chưa công bố"])
    decision = make_decision((page, DecisionAction.ISSUE, THIRD), agency=ministry, editor=editor)
    approve_decision(decision=decision, by=approver)

    bring(row(keywords=[]), on=SECOND)

    assert ProcedureVersion.objects.entered().get().document["keywords"] == []


def test_import_adds_nothing_to_a_decision_that_people_approved(
    ministry: Agency, editor: User, approver: User
) -> None:
    page = make_procedure(ministry, code="1.000009", by=editor)
    signed = make_decision(
        (page, DecisionAction.ISSUE, FIRST),
        agency=ministry,
        editor=editor,
        approver=approver,
        number="12/QĐ-BTN",
    )

    bring(row(), on=SECOND)

    amended = PublicationDecision.objects.get(number="12/QĐ-BTN (01/04/2026)")
    assert list(signed.items.values_list("procedure__code", flat=True)) == ["1.000009"]
    assert [item.procedure.code for item in amended.items.all()] == [CODE]


def test_draft_that_a_record_supersedes_is_told_and_stays_in_the_history(
    ministry: Agency, editor: User
) -> None:
    page: Any = make_version(ministry, code=CODE, begins=FIRST).procedure
    page.keywords = ["bản nháp"]
    draft = page.save_revision(user=editor, clean=False)

    report = bring(row(sets=2), on=SECOND)

    assert report.doubts == [(CODE, "draft: superseded")]
    assert draft in page.revisions.all()


def test_x2_record_whose_form_cannot_be_made_is_refused_at_its_line(
    ministry: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    [group, *_rest] = make_full_document()["document_groups"]
    papers = [group["documents"][0] | {"key": f"p{n}"} for n in range(60)]
    monkeypatch.setattr("formbuilder.compiler.MAX_BYTES", 50_000)

    report = bring(
        row(),
        row("1.000002", line=2, document_groups=[group | {"documents": papers}]),
        row("1.000003", line=3),
        on=FIRST,
    )

    [(line, code, problem)] = report.refused
    assert (line, code) == (2, "1.000002")
    assert "1.000002: không tạo được biểu mẫu điện tử" in problem
    assert (report.written, report.created) == (True, [CODE, "1.000003"])
    assert sorted(ProcedureVersion.objects.values_list("code", flat=True)) == [CODE, "1.000003"]


def test_record_that_supersedes_no_draft_tells_none(ministry: Agency) -> None:
    make_version(ministry, code=CODE, begins=FIRST)

    report = bring(row(sets=2), on=SECOND)

    assert (report.updated, report.doubts) == ([CODE], [])


def test_items_added_to_an_imported_decision_are_in_the_audit_trail(ministry: Agency) -> None:
    bring(row(), on=FIRST)

    bring(row("1.000002"), row("1.000003", 2), on=SECOND)

    decision = PublicationDecision.objects.get()
    notes = AuditEntry.objects.filter(action="add_decision_item", object_id=str(decision.pk))
    assert list(notes.order_by("pk").values_list("note", flat=True)) == [
        "1: 1.000001",
        "2: 1.000002, 1.000003",
    ]
