"""What an import leaves beside versions: raw records, doubts, and what editors added."""

import json
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from wagtail.models import Page, ReferenceIndex

from catalogue import clock
from catalogue.importing.files import RecordText
from catalogue.importing.rows import Row, read_row
from catalogue.jobs import registry
from catalogue.models import (
    Agency,
    ImportDoubt,
    Job,
    LegalAct,
    Procedure,
    ProcedureVersion,
    RawRecord,
)
from catalogue.selectors.raw_records import raw_records
from catalogue.services import import_procedures as importing
from catalogue.services.import_procedures import ImportReport, import_procedures
from factories.catalogue import make_full_document, make_ministry, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

FIRST, SECOND = date(2026, 1, 1), date(2026, 4, 1)


@pytest.fixture(autouse=True)
def ministry() -> Agency:
    return make_ministry("G99", "Bộ Thử nghiệm")


def record(code: str = "1.990003", **changes: Any) -> dict[str, Any]:
    papers = [{"name": "Đơn", "original": 1, "copy": 0, "forms": ["Mẫu 1.docx"]}]
    return {
        "code": code,
        "name": "Cấp giấy nuôi ong",
        "field": "Chăn nuôi",
        "publishing_agency": "Bộ Thử nghiệm",
        "decision_number": "1/QĐ-BTN",
        "legal_basis_raw": "Luật Chăn nuôi32/2018/QH14",
        "dossier": [
            {"case": "Hồ sơ năng lực", "documents": papers},
            {"case": "Thành phần hồ sơ", "documents": [papers[0] | {"name": "Giấy"}]},
        ],
    } | changes


def row(value: dict[str, Any], line: int = 1) -> Row:
    return read_row(RecordText(line, json.dumps(value, ensure_ascii=False)))


def bring(*values: dict[str, Any], on: date = FIRST) -> ImportReport:
    rows = [row(value, line) for line, value in enumerate(values, 1)]
    report = import_procedures(rows=rows, by=None, effective_from=on)
    assert report.refused == []
    return report


def test_raw_record_is_kept_byte_for_byte() -> None:
    text = json.dumps(record(), ensure_ascii=False, indent=1)

    import_procedures(rows=[read_row(RecordText(1, text))], by=None, effective_from=FIRST)

    [kept] = raw_records(Procedure.objects.get())
    assert kept.text == text


def test_every_distinct_record_is_kept_once_the_latest_first() -> None:
    with clock.frozen(datetime(2026, 1, 1, 8, tzinfo=clock.LOCAL_TZ)):
        bring(record())
    bring(record(), on=SECOND)
    with clock.frozen(datetime(2026, 4, 1, 8, tzinfo=clock.LOCAL_TZ)):
        bring(record(name="Cấp giấy nuôi ong mật"), on=SECOND)

    names = [json.loads(kept.text)["name"] for kept in raw_records(Procedure.objects.get())]
    assert names == ["Cấp giấy nuôi ong mật", "Cấp giấy nuôi ong"]


def test_record_that_comes_back_is_the_latest_again() -> None:
    for day, name in ((1, "Tên một"), (2, "Tên hai"), (3, "Tên một")):
        with clock.frozen(datetime(2026, 1, day, 8, tzinfo=clock.LOCAL_TZ)):
            bring(record(name=name), on=date(2026, 1, day))

    names = [json.loads(kept.text)["name"] for kept in raw_records(Procedure.objects.get())]
    assert names == ["Tên một", "Tên hai"]


def test_record_written_otherwise_says_the_same_and_is_kept() -> None:
    bring(record())
    reordered = dict(reversed(record().items()))

    report = bring(reordered, on=SECOND)

    assert report.unchanged == ["1.990003"]
    assert RawRecord.objects.count() == 2
    assert ProcedureVersion.objects.count() == 1


def test_unchanged_record_is_known_without_reading_its_versions() -> None:
    codes = [f"1.99{n:04d}" for n in range(3)]
    bring(*map(record, codes))

    with connection.execute_wrapper(refuse_documents):
        report = bring(*map(record, codes), on=SECOND)

    assert report.unchanged == codes


def refuse_documents(execute: Any, sql: str, *rest: Any) -> Any:
    assert '"catalogue_procedureversion"."document"' not in sql
    assert not sql.startswith(("INSERT", "UPDATE", "DELETE"))
    return execute(sql, *rest)


def test_record_is_new_again_when_an_editor_published_since() -> None:
    bring(record())
    document = ProcedureVersion.objects.get().document | {"applicants": ["Hội nuôi ong"]}
    import_procedures(rows=[row(document)], by=None, effective_from=SECOND)

    report = bring(record(), on=date(2026, 5, 1))

    assert report.updated == ["1.990003"]


def doubts() -> list[tuple[str, str]]:
    return list(ImportDoubt.objects.order_by("pk").values_list("rule", "text"))


def test_doubts_are_kept_with_the_key_of_their_group() -> None:
    bring(record())

    doubt = ImportDoubt.objects.get()
    assert (doubt.rule, doubt.text) == ("heading: unknown", "Hồ sơ năng lực")
    assert doubt.place == "document_groups/g1"


def test_settled_doubt_stays_settled_though_groups_move() -> None:
    bring(record())
    settler = make_user()
    ImportDoubt.objects.update(settled_by=settler, settled_at=clock.now())

    bring(record(dossier=[{"case": "Lưu ý", "documents": []}, *record()["dossier"]]), on=SECOND)

    doubt = ImportDoubt.objects.get()
    assert (doubt.place, doubt.settled_by) == ("document_groups/g1", settler)


def test_doubt_that_is_gone_is_removed() -> None:
    bring(record())

    bring(record(dossier=record()["dossier"][1:]), on=SECOND)

    assert doubts() == []


def test_doubt_that_was_deleted_comes_back_though_the_record_is_unchanged() -> None:
    bring(record())
    ImportDoubt.objects.all().delete()

    report = bring(record(), on=SECOND)

    assert report.unchanged == ["1.990003"]
    assert doubts() == [("heading: unknown", "Hồ sơ năng lực")]


def test_acts_are_kept_once_for_all_records() -> None:
    bring(record("1.990003"), record("1.990004"))

    assert LegalAct.objects.get().number == "32/2018/QH14"


def edited(document: dict[str, Any]) -> dict[str, Any]:
    """The document after an editor added keywords, the number of sets and a word on a paper."""
    changed: dict[str, Any] = json.loads(json.dumps(document))
    changed |= {"keywords": ["ong mật"], "sets": 2}
    changed["document_groups"][0]["documents"][0]["text"] = "Viết tay cũng được"
    return changed


def test_what_an_editor_added_outlives_the_next_record() -> None:
    bring(record())
    import_procedures(
        rows=[row(edited(ProcedureVersion.objects.get().document))],
        by=None,
        effective_from=SECOND,
    )

    bring(record(name="Cấp giấy nuôi ong mật"), on=date(2026, 5, 1))

    latest = ProcedureVersion.objects.order_by("-number")[0].document
    assert latest["name"] == "Cấp giấy nuôi ong mật"
    assert (latest["keywords"], latest["sets"]) == (["ong mật"], 2)
    assert latest["document_groups"][0]["documents"][0]["text"] == "Viết tay cũng được"


def test_document_of_the_read_api_makes_the_same_version() -> None:
    document = make_full_document("1.990003")

    report = bring(document)

    assert report.created == ["1.990003"]
    assert ProcedureVersion.objects.get().document == document
    assert bring(document, on=SECOND).unchanged == ["1.990003"]


def test_blank_form_of_another_site_is_refused() -> None:
    document = make_full_document("1.990003")
    document["document_groups"][0]["documents"][0]["form"] = {
        "name": "Mẫu",
        "file": "/documents/999/mau.docx",
    }

    report = import_procedures(rows=[row(document)], by=None, effective_from=FIRST)

    assert "/documents/999/mau.docx" in report.refused[0][2]
    assert not Procedure.objects.exists()


def test_x2_decision_number_that_no_column_holds_is_refused() -> None:
    report = import_procedures(
        rows=[row(record(decision_number="x" * 48))], by=None, effective_from=FIRST
    )

    assert [line for line, _code, _problem in report.refused] == [1]


def test_pages_of_a_batch_lie_in_the_tree_as_wagtail_lays_them() -> None:
    bring(*(record(f"1.99{n:04d}") for n in range(7)))

    assert Page.find_problems() == ([], [], [], [], [])
    page = Procedure.objects.get(code="1.990006")
    assert page.get_parent().numchild == 7
    assert page.title == "Cấp giấy nuôi ong"
    assert page.slug == "1-990006"
    assert page.url_path.endswith("/1-990006/")
    assert page.latest_revision.as_object().code == "1.990006"


def test_row_of_a_batch_has_few_statements_of_its_own(
    django_assert_max_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "FIRST_BATCH", 20)
    bring(record("1.990000"))

    # A page has statements of its own: its row, its revision, version and form, its comments.
    with django_assert_max_num_queries(160):
        bring(*(record(f"1.99{n:04d}") for n in range(1, 21)))


def test_references_and_admin_search_follow_by_a_job() -> None:
    bring(record())
    job = Job.objects.get(kind="catalogue.index_pages")

    registry.kinds[job.kind].run(job.payload)

    page = Procedure.objects.get()
    assert ReferenceIndex.objects.filter(object_id=str(page.pk)).exists()
    assert list(Procedure.objects.all().search("nuôi ong")) == [page]
