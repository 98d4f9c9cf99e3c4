import threading
from datetime import date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from catalogue import clock
from catalogue.canonical import sha256_hex
from catalogue.models import AuditEntry
from factories.catalogue import make_user
from factories.formbuilder import (
    complete_answers,
    make_complete_draft,
    make_draft,
    make_form_version,
    make_upload,
    received_by,
)
from formbuilder.models import Draft, Submission
from formbuilder.ports import NoReceiver, ports
from formbuilder.selectors.acknowledgement import acknowledgement_pdf
from formbuilder.selectors.submissions import (
    answers_for_display,
    applicant_of,
    attachments_of,
)
from formbuilder.services.attachments import attach_file
from formbuilder.services.drafts import DraftClosed, save_answers
from formbuilder.services.submit import SubmissionRefused, submit_draft

pytestmark = pytest.mark.both_databases


def submit(draft: Draft, key: str = "key", by: Any = None) -> Submission:
    return submit_draft(draft=draft, idempotency_key=key, by=by)


@pytest.mark.django_db
def test_submission_is_frozen_and_handed_over(received: list[Submission]) -> None:
    draft = make_complete_draft()

    submission = submit(draft)

    assert received == [submission]
    assert submission.answers == complete_answers(draft)
    assert submission.answers_sha256 == sha256_hex(submission.answers)
    assert submission.agency == draft.place
    assert submission.form_version == draft.form_version
    assert Draft.objects.get(pk=draft.pk).state == "submitted"
    entry = AuditEntry.objects.get(action="submit_draft")
    assert entry.after_hash == submission.answers_sha256


@pytest.mark.django_db
def test_submission_again_is_the_same_one_f4(received: list[Submission]) -> None:
    draft = make_complete_draft()

    first, second, third = submit(draft), submit(draft), submit(draft, "another key")

    assert first == second == third
    assert len(received) == 1


@pytest.mark.django_db
def test_key_of_another_draft_is_refused(received: list[Submission]) -> None:
    submit(make_complete_draft(), "key")

    with pytest.raises(DraftClosed):
        submit(make_complete_draft(), "key")


@pytest.mark.django_db(transaction=True)
def test_twenty_parallel_posts_are_one_submission_f3() -> None:
    draft = make_complete_draft()
    taken: list[Submission] = []
    numbers: list[str] = []
    start = threading.Barrier(20)

    def post() -> None:
        try:
            start.wait()
            numbers.append(submit(Draft.objects.get(pk=draft.pk)).number)
        finally:
            connection.close()

    with received_by(taken.append):
        threads = [threading.Thread(target=post) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert len(numbers) == 20
    assert set(numbers) == {Submission.objects.get().number}
    assert len(taken) == 1


@pytest.mark.django_db
def test_without_a_receiver_nothing_is_submitted() -> None:
    draft = make_complete_draft()

    with received_by(None), pytest.raises(NoReceiver):
        submit(draft)

    assert not Submission.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_receiver_that_fails_leaves_the_draft_open() -> None:
    draft = make_complete_draft()

    def fail(_submission: Submission) -> None:
        raise RuntimeError("no inbox")

    with received_by(fail), pytest.raises(RuntimeError):
        submit(draft)

    assert not Submission.objects.exists()
    assert Draft.objects.get(pk=draft.pk).state == "open"


@pytest.mark.django_db
def test_incomplete_answers_are_refused_with_their_places(received: list[Submission]) -> None:
    draft = make_complete_draft()
    del draft.answers["phone"]
    draft.answers["date_of_birth"] = "30/02/1990"
    draft.save()

    with pytest.raises(SubmissionRefused) as refusal:
        submit(draft)

    found = {problem.pointer: problem.keyword for problem in refusal.value.problems}
    assert found == {"/phone": "required", "/date_of_birth": "format"}
    assert received == []


@pytest.mark.django_db
def test_answer_to_a_hidden_question_is_dropped_f1(received: list[Submission]) -> None:
    draft = make_complete_draft()
    draft.answers["proxy_name"] = "Lò Văn B"
    draft.save()

    assert "proxy_name" not in submit(draft).answers


@pytest.mark.django_db
def test_files_are_those_of_the_server_f2(received: list[Submission]) -> None:
    draft = make_complete_draft()
    file = attach_file(draft=draft, slot="paper_1", upload=make_upload(), by=None)
    draft.answers["paper_1"] = {"way": "upload", "files": [{"id": "forged", "name": "x"}]}
    draft.save()

    submission = submit(draft)

    assert submission.answers["paper_1"] == {"way": "upload", "files": [file.as_answer()]}
    (sent,) = attachments_of(submission)
    assert sent == file
    assert sent.label == "Tờ khai đăng ký"


@pytest.mark.django_db
def test_file_that_is_not_sent_is_not_handed_over(received: list[Submission]) -> None:
    draft = make_complete_draft()
    attach_file(draft=draft, slot="paper_1", upload=make_upload(), by=None)

    assert attachments_of(submit(draft)) == []


@pytest.mark.django_db
def test_draft_of_another_account_is_refused(received: list[Submission]) -> None:
    draft = make_complete_draft(by=make_user())

    for by in (None, make_user()):
        with pytest.raises(PermissionDenied):
            submit(draft, by=by)
        with pytest.raises(PermissionDenied):
            save_answers(draft=draft, answers={}, by=by)


@pytest.mark.django_db
def test_submitted_draft_takes_no_answers(received: list[Submission]) -> None:
    draft = make_complete_draft()
    submit(draft)

    with pytest.raises(DraftClosed):
        save_answers(draft=draft, answers={"phone": "+84987654321"}, by=None)


@pytest.mark.django_db
def test_filed_answers_are_shown_under_their_own_version(received: list[Submission]) -> None:
    submission = submit(make_complete_draft())

    pages = {page.key: page for page in answers_for_display(submission)}

    shown = {item.label: item.value for item in pages["nguoi-de-nghi"].items}
    assert shown["Họ và tên"] == "Lò Thị Mai"
    assert shown["Ngày sinh"] == "27/03/1990"
    assert pages["giay-to-1"].items[0].value == "Nộp bản giấy sau"
    applicant = applicant_of(submission)
    assert applicant.name == "Lò Thị Mai"
    assert applicant.address == "Tổ dân phố 7, Phường Mường Lay, Tỉnh Điện Biên"
    assert applicant.phone == "0912 345 678"
    assert applicant.email == "mai@example.vn"


@pytest.mark.django_db
def test_acknowledgement_is_a_pdf_with_the_number(received: list[Submission]) -> None:
    submission = submit(make_complete_draft())

    pdf = acknowledgement_pdf(submission)

    assert pdf.startswith(b"%PDF-")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "day"),
    [
        (datetime(2026, 11, 24, 9, tzinfo=clock.LOCAL_TZ), date(2026, 11, 25)),
        (datetime(2026, 11, 27, 9, tzinfo=clock.LOCAL_TZ), date(2026, 11, 30)),
        (datetime(2026, 11, 28, 9, tzinfo=clock.LOCAL_TZ), date(2026, 11, 30)),
        (datetime(2026, 11, 24, 23, 59, tzinfo=clock.LOCAL_TZ), date(2026, 11, 25)),
    ],
)
def test_agency_answers_on_the_next_working_day(
    received: list[Submission], monkeypatch: pytest.MonkeyPatch, sent: datetime, day: date
) -> None:
    monkeypatch.setattr(ports, "answer_clock", None)

    with clock.frozen(sent):
        submission = submit(make_complete_draft())

    assert submission.answer_by == datetime(day.year, day.month, day.day, 17, tzinfo=clock.LOCAL_TZ)


@pytest.mark.django_db
def test_later_version_leaves_a_running_draft_on_its_own(received: list[Submission]) -> None:
    first = make_form_version(code="9.999901")
    draft = make_draft(first)
    draft.answers = complete_answers(draft)
    draft.save()
    make_form_version(code="9.999901", name="Tên khác", valid_from=clock.today())

    assert submit(draft).form_version == first
