from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from catalogue.enums import DecisionState, Role
from catalogue.importing.doubts import Doubt
from catalogue.importing.records import ReadRecord
from catalogue.importing.rows import Row
from catalogue.models import Agency, Change, Field, Procedure, ProcedureVersion, PublicationDecision
from catalogue.selectors.versions import version_in_force
from catalogue.services.import_procedures import ImportReport, import_procedures
from factories.catalogue import (
    make_full_document,
    make_member,
    make_ministry,
    make_procedure,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

FIRST, SECOND = date(2026, 1, 1), date(2026, 4, 1)


@pytest.fixture
def ministry() -> Agency:
    return make_ministry("G99", "Bộ Thử nghiệm")


def row(code: str, line: int = 1, agency: str = "Bộ Thử nghiệm", **changes: Any) -> Row:
    return Row(line, code, ReadRecord(make_full_document(code, **changes), agency))


def bring(*rows: Row, on: date = FIRST, by: Any = None, **switches: Any) -> ImportReport:
    return import_procedures(rows=rows, by=by, effective_from=on, **switches)


def test_import_writes_page_version_and_change(ministry: Agency) -> None:
    report = bring(row("1.000001"), row("1.000002", 2))

    assert (report.created, report.written) == (["1.000001", "1.000002"], True)
    assert Procedure.objects.get(code="1.000001").get_parent().specific.agency == ministry
    version = version_in_force("1.000001", FIRST)
    assert version is not None
    assert version.document == make_full_document("1.000001")
    assert set(Change.objects.values_list("key", flat=True)) == {"1.000001", "1.000002"}


def test_imported_decision_is_entered(ministry: Agency) -> None:
    bring(row("1.000001"))

    decision = PublicationDecision.objects.get()
    assert (decision.number, decision.agency) == ("12/QĐ-BTN", ministry)
    assert decision.state == DecisionState.IN_FORCE
    assert decision.entered_at is not None


def test_repeated_import_changes_nothing(ministry: Agency) -> None:
    bring(row("1.000001"))

    report = bring(row("1.000001"), on=SECOND)

    assert (report.unchanged, report.updated) == (["1.000001"], [])
    assert ProcedureVersion.objects.count() == 1


def test_repeated_import_changes_nothing_though_the_field_has_a_code(ministry: Agency) -> None:
    Field.objects.create(name="Chăn nuôi thử nghiệm", code="01-CN")
    bring(row("1.000001"))

    report = bring(row("1.000001"), on=SECOND)

    assert report.unchanged == ["1.000001"]


def test_changed_record_makes_a_version_and_ends_the_old_one(ministry: Agency) -> None:
    bring(row("1.000001"))

    report = bring(row("1.000001", sets=2), on=SECOND)

    assert report.updated == ["1.000001"]
    assert list(
        ProcedureVersion.objects.order_by("number").values_list("valid_from", "valid_to")
    ) == [(FIRST, SECOND), (SECOND, None)]


def with_paper_in_front(code: str) -> dict[str, Any]:
    groups = make_full_document(code)["document_groups"]
    papers = groups[0]["documents"]
    new = papers[0] | {"name": "Giấy mới"}
    groups[0]["documents"] = [paper | {"key": f"d{n}"} for n, paper in enumerate([new, *papers], 1)]
    shifted = len(papers) + 2
    for group in groups[1:]:
        group["documents"] = [
            paper | {"key": f"d{n}"} for n, paper in enumerate(group["documents"], shifted)
        ]
        shifted += len(group["documents"])
    return {"document_groups": groups}


def test_paper_put_in_shifts_no_key_and_repeats_as_unchanged(ministry: Agency) -> None:
    bring(row("1.000001"))
    changed = with_paper_in_front("1.000001")

    bring(row("1.000001", **changed), on=SECOND)
    again = bring(row("1.000001", **changed), on=date(2026, 5, 1))

    before, after = (
        {
            paper["name"]: paper["key"]
            for group in version.document["document_groups"]
            for paper in group["documents"]
        }
        for version in ProcedureVersion.objects.order_by("number")
    )
    assert after.pop("Giấy mới") not in before.values()
    assert after == before
    assert again.unchanged == ["1.000001"]


def test_changed_record_of_the_same_day_is_refused_before_anything_is_written(
    ministry: Agency,
) -> None:
    bring(row("1.000001"))

    report = bring(row("1.000009"), row("1.000001", 2, sets=2))

    assert [(line, code) for line, code, _problem in report.refused] == [(2, "1.000001")]
    assert not Procedure.objects.filter(code="1.000009").exists()


def test_x2_dry_run_reports_and_writes_nothing(ministry: Agency) -> None:
    report = bring(row("1.000001"), dry_run=True)

    assert (report.created, report.written) == (["1.000001"], False)
    assert not Procedure.objects.exists()


@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        (Row(2, "?", None, "not JSON"), "not JSON"),
        (row("1.000001", 2), "mã này đã có ở dòng 1"),
        (row("1.000002", 2, agency="Bộ Không Có"), "không rõ cơ quan công bố “Bộ Không Có”"),
        (row("1.000002", 2, name=""), "/name"),
    ],
)
def test_x2_one_bad_row_and_nothing_is_written(ministry: Agency, bad: Row, problem: str) -> None:
    report = bring(row("1.000001"), bad, row("1.000003", 3))

    assert [line for line, _code, _problem in report.refused] == [2]
    assert problem in report.refused[0][2]
    assert not Procedure.objects.exists()


def test_agency_is_found_by_its_name_however_it_is_written(ministry: Agency) -> None:
    report = bring(row("1.000001", agency="bộ THỬ nghiệm"))

    assert report.created == ["1.000001"]


def test_t3_import_of_another_agencys_procedure_is_refused(ministry: Agency) -> None:
    make_procedure(make_ministry("G01", "Bộ Công an"), code="1.000001")
    controller = make_member(Role.MINISTRY_CONTROL, ministry)

    report = bring(row("1.000001"), by=controller)

    assert report.refused == [(1, "1.000001", "thủ tục này thuộc cơ quan khác")]


def test_t3_import_without_the_right_at_the_agency_is_denied(ministry: Agency) -> None:
    stranger = make_member(Role.MINISTRY_CONTROL, make_ministry("G01", "Bộ Công an"))

    with pytest.raises(PermissionDenied):
        bring(row("1.000001"), by=stranger)

    assert not Procedure.objects.exists()


def test_import_leaves_a_decision_in_preparation_alone(ministry: Agency) -> None:
    draft = PublicationDecision.objects.create(number="12/QĐ-BTN", agency=ministry)

    bring(row("1.000001"))

    assert not draft.items.exists()


def test_records_without_a_number_share_one_decision_in_any_language(ministry: Agency) -> None:
    nameless = {"source": {"decision_number": None, "url": None}}

    with translation.override("en"):
        bring(row("1.000001", **nameless))
    with translation.override("vi"):
        bring(row("1.000002", **nameless))

    assert PublicationDecision.objects.get().items.count() == 2


def test_doubts_are_reported_with_their_code(ministry: Agency) -> None:
    read = ReadRecord(
        make_full_document("1.000001"), "Bộ Thử nghiệm", [Doubt("heading: unknown", "Khác", 0)]
    )

    report = bring(Row(1, "1.000001", read))

    assert report.doubts == [("1.000001", "document_groups/1: heading: unknown: Khác")]


def test_progress_counts_what_is_written(ministry: Agency) -> None:
    told: list[tuple[str, int, int]] = []

    bring(
        *(row(f"1.{n:06d}", n) for n in range(1, 13)),
        progress=lambda *step: told.append(step),
    )

    assert told[:12] == [("đang kiểm tra", n, 12) for n in range(1, 13)]
    assert told[12] == ("đang ghi", 5, 12)
    assert told[-1] == ("đang ghi", 12, 12)
