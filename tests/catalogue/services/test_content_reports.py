from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from catalogue import clock
from catalogue.enums import ReportedPart, ReportState, Role
from catalogue.models import AuditEntry, ContentReport
from catalogue.services.content_reports import answer_report, forget_contacts, report_content
from factories.catalogue import make_member, make_ministry, make_version

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

NOW = datetime(2026, 5, 1, 9, tzinfo=clock.LOCAL_TZ)


@pytest.fixture
def report() -> ContentReport:
    version = make_version(make_ministry())
    return report_content(version=version, part=ReportedPart.FEE, message="Phí nay là 30.000 đ.")


def test_report_belongs_to_the_agency_that_published() -> None:
    version = make_version(make_ministry())

    with clock.frozen(NOW):
        report = report_content(
            version=version,
            part=ReportedPart.FEE,
            message="  Dòng một \r\n\r\n Dòng hai ",
            contact=" an@example.vn ",
        )

    assert (report.version, report.agency) == (version, version.agency)
    assert (report.message, report.contact) == ("Dòng một\nDòng hai", "an@example.vn")
    assert (report.state, report.created_at) == (ReportState.OPEN, NOW)


def test_trail_of_a_report_holds_nothing_of_the_reader(report: ContentReport) -> None:
    entry = AuditEntry.objects.get(action="report_content")

    assert (entry.user_id, entry.note, entry.object_id) == (None, "", str(report.pk))


@pytest.mark.parametrize(
    ("message", "contact"), [("", ""), (" \n\u200b ", ""), ("x" * 2001, ""), ("x", "x" * 255)]
)
def test_report_that_cannot_be_kept_is_refused(message: str, contact: str) -> None:
    version = make_version()

    with pytest.raises(ValidationError):
        report_content(version=version, part=ReportedPart.TIME, message=message, contact=contact)

    assert not ContentReport.objects.exists()


def test_longest_report_is_kept() -> None:
    report = report_content(version=make_version(), part=ReportedPart.TIME, message="x" * 2000)

    assert len(report.message) == 2000


@pytest.mark.parametrize("state", [ReportState.MENDED, ReportState.UNFOUNDED])
def test_editor_of_the_agency_answers(report: ContentReport, state: ReportState) -> None:
    with clock.frozen(NOW):
        editor = make_member(Role.MINISTRY_EDITOR, report.agency)

        answer_report(report=report, state=state, answer=" Đã sửa. ", by=editor)

    report.refresh_from_db()
    assert (report.state, report.answer) == (state, "Đã sửa.")
    assert (report.handled_by, report.handled_at) == (editor, NOW)
    assert AuditEntry.objects.filter(action="answer_report", user_id=editor.pk).count() == 1


@pytest.mark.parametrize(
    ("state", "answer", "field"),
    [(ReportState.OPEN, "Đã sửa.", "state"), (ReportState.MENDED, " ", "answer")],
)
def test_answer_that_says_nothing_is_refused(
    report: ContentReport, state: ReportState, answer: str, field: str
) -> None:
    editor = make_member(Role.MINISTRY_EDITOR, report.agency)

    with pytest.raises(ValidationError) as refusal:
        answer_report(report=report, state=state, answer=answer, by=editor)

    assert list(refusal.value.message_dict) == [field]


def test_t3_editor_of_another_ministry_does_not_answer(report: ContentReport) -> None:
    stranger = make_member(Role.MINISTRY_EDITOR, make_ministry("G02", "Bộ Khác"))

    with pytest.raises(PermissionDenied):
        answer_report(report=report, state=ReportState.MENDED, answer="Đã sửa.", by=stranger)


def test_answered_report_forgets_how_to_reach_the_reader() -> None:
    report = report_content(
        version=make_version(), part=ReportedPart.FEE, message="Sai phí.", contact="an@example.vn"
    )
    editor = make_member(Role.MINISTRY_EDITOR, report.agency)

    answer_report(report=report, state=ReportState.MENDED, answer="Đã sửa.", by=editor)

    assert ContentReport.objects.get().contact == ""


@pytest.mark.parametrize(("days", "contact"), [(89, "an@example.vn"), (91, "")])
def test_old_report_forgets_how_to_reach_the_reader(days: int, contact: str) -> None:
    with clock.frozen(NOW):
        report_content(
            version=make_version(), part=ReportedPart.FEE, message="x", contact="an@example.vn"
        )

    with clock.frozen(NOW + timedelta(days=days)):
        assert forget_contacts() == (contact == "")

    assert ContentReport.objects.get().contact == contact
