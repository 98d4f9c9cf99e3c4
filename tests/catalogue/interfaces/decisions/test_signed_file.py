from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from catalogue.enums import DecisionAction, Role
from catalogue.models import Agency, PublicationDecision
from catalogue.services.decisions import (
    add_items,
    approve_decision,
    enter_decision,
    prepare_correction,
    signed_files,
    submit_decision,
)
from factories.catalogue import make_decision, make_member, make_ministry, make_procedure
from portal.accounts.models import User

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%%EOF\n"
SPRING = date(2026, 3, 1)


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
def decision(ministry: Agency, editor: User) -> PublicationDecision:
    page = make_procedure(ministry, code="1.000001", by=editor)
    return make_decision((page, DecisionAction.ISSUE, SPRING), agency=ministry, editor=editor)


def send(
    client: Client, user: User, decision: PublicationDecision, content: bytes, name: str
) -> str:
    client.force_login(user)
    file = SimpleUploadedFile(name, content, content_type="application/pdf")
    place = f"/quan-tri/quyet-dinh/{decision.pk}/nop-tep/"
    return client.post(place, {"signed_file": file}, follow=True).content.decode()


def enter(decision: PublicationDecision, approver: User) -> None:
    enter_decision(decision=approve_decision(decision=decision, by=approver), by=approver)


def test_signed_file_is_for_readers_until_entry_and_then_for_all(
    client: Client, editor: User, approver: User, decision: PublicationDecision
) -> None:
    send(client, editor, decision, PDF, "Quyết định.PDF")
    own, public = f"/quan-tri/quyet-dinh/{decision.pk}/tep/", f"/quyet-dinh/{decision.pk}/tep"
    stranger = make_member(Role.MINISTRY_EDITOR, make_ministry("G01", "Bộ Công an"))

    read = client.get(own)
    client.force_login(stranger)
    before = [client.get(own).status_code, client.get(public).status_code]
    enter(decision, approver)
    client.logout()
    after = client.get(public)

    assert b"".join(read.streaming_content) == PDF
    assert before == [404, 404]
    assert b"".join(after.streaming_content) == PDF
    assert after["Content-Type"] == "application/pdf"
    assert after["X-Content-Type-Options"] == "nosniff"
    assert after["Content-Disposition"].startswith("attachment;")


def test_u9_stored_place_has_nothing_of_the_name(
    client: Client, editor: User, decision: PublicationDecision
) -> None:
    send(client, editor, decision, PDF, "../../etc/mat-khau.pdf")

    decision.refresh_from_db()
    folder, _slash, name = str(decision.signed_file.name).partition("/")
    assert folder == "decisions"
    assert len(name) == len("0" * 32 + ".pdf")


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "a.pdf", "Tệp rỗng"),
        (b"<html>", "a.pdf", "không phải PDF"),
        (PDF, "a.html", "không phải PDF"),
        (b"\n" + PDF, "a.pdf", "không phải PDF"),
    ],
)
def test_u5_u10_anything_but_a_pdf_is_refused(
    client: Client,
    editor: User,
    decision: PublicationDecision,
    content: bytes,
    name: str,
    words: str,
) -> None:
    html = send(client, editor, decision, content, name)

    assert words in html
    assert not PublicationDecision.objects.get().signed_file


def test_u10_file_at_its_limit_is_taken_and_one_byte_more_is_not(
    client: Client,
    editor: User,
    decision: PublicationDecision,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(signed_files, "MAX_BYTES", len(PDF))

    more = send(client, editor, decision, PDF + b"x", "a.pdf")
    send(client, editor, decision, PDF, "a.pdf")

    assert "lớn hơn 20 MB" in more
    assert PublicationDecision.objects.get().signed_file


@pytest.mark.django_db(transaction=True)
def test_replaced_file_is_deleted(
    client: Client, editor: User, decision: PublicationDecision
) -> None:
    send(client, editor, decision, PDF, "a.pdf")
    first = Path(PublicationDecision.objects.get().signed_file.path)

    send(client, editor, decision, PDF + b"moi", "b.pdf")

    assert not first.exists()
    assert PublicationDecision.objects.get().signed_file.size == len(PDF) + 3


def test_nothing_chosen_is_said(
    client: Client, editor: User, decision: PublicationDecision
) -> None:
    client.force_login(editor)

    html = client.post(f"/quan-tri/quyet-dinh/{decision.pk}/nop-tep/", follow=True).content.decode()

    assert "Hãy chọn tệp trước" in html


def test_file_of_an_entered_decision_stays(
    client: Client, editor: User, approver: User, decision: PublicationDecision
) -> None:
    enter(decision, approver)

    assert "giữ nguyên tệp" in send(client, editor, decision, PDF, "a.pdf")


def test_public_page_lists_what_an_entered_decision_published(
    client: Client, approver: User, decision: PublicationDecision
) -> None:
    before = client.get(f"/quyet-dinh/{decision.pk}").status_code
    enter(decision, approver)

    html = client.get(f"/quyet-dinh/{decision.pk}").content.decode()

    assert before == 404
    assert 'href="/thu-tuc/1.000001"' in html
    assert "01/03/2026" in html
    assert "Cơ quan chưa đính kèm." in html


def test_public_page_of_a_correction_says_so_with_its_reason(
    client: Client, ministry: Agency, editor: User, approver: User, decision: PublicationDecision
) -> None:
    enter(decision, approver)
    procedure = decision.items.get().procedure
    procedure.name = f"{procedure.name} đã sửa dấu"
    procedure.save_revision(user=editor)
    correction = prepare_correction(agency=ministry, reason="Sai dấu ở tên.", by=editor)
    client.force_login(editor)
    client.post(f"/quan-tri/quyet-dinh/{correction.pk}/them/", {"procedure": procedure.pk})
    client.post(f"/quan-tri/quyet-dinh/{correction.pk}/trinh/")
    enter(correction, approver)
    client.logout()

    html = client.get(f"/quyet-dinh/{correction.pk}").content.decode()

    assert "Sai dấu ở tên." in html
    assert f"Đính chính {correction.number}" in html
    assert "đã sửa dấu" in html


def test_page_of_a_corrected_procedure_names_the_correction(
    client: Client, ministry: Agency, editor: User, approver: User, decision: PublicationDecision
) -> None:
    enter(decision, approver)
    procedure = decision.items.get().procedure
    procedure.name = f"{procedure.name} đã sửa dấu"
    procedure.save_revision(user=editor)
    correction = prepare_correction(agency=ministry, reason="Sai dấu ở tên.", by=editor)
    add_items(decision=correction, procedures=[procedure], effective_from=SPRING, by=editor)
    enter(submit_decision(decision=correction, by=editor), approver)

    page = client.get("/thu-tuc/1.000001").content.decode()
    history = client.get("/thu-tuc/1.000001/lich-su").content.decode()

    link = f'<a href="/quyet-dinh/{correction.pk}">'
    assert f"{link}đính chính {correction.number}</a>" in page
    assert f"{link}Đính chính {correction.number}</a>" in history


@pytest.mark.django_db(transaction=True)
def test_t11_file_of_an_approved_decision_is_attached_once_and_not_replaced(
    client: Client, editor: User, approver: User, decision: PublicationDecision
) -> None:
    approve_decision(decision=decision, by=approver)
    send(client, editor, decision, PDF, "a.pdf")

    html = send(client, editor, decision, PDF + b"khac", "b.pdf")

    assert "đã được phê duyệt cùng tệp này" in html
    assert 'id="signed_file"' not in html
    assert PublicationDecision.objects.get().signed_file.size == len(PDF)


def test_file_that_is_gone_from_the_disk_is_not_found(
    client: Client, editor: User, approver: User, decision: PublicationDecision
) -> None:
    send(client, editor, decision, PDF, "a.pdf")
    enter(decision, approver)
    Path(PublicationDecision.objects.get().signed_file.path).unlink()

    places = f"/quan-tri/quyet-dinh/{decision.pk}/tep/", f"/quyet-dinh/{decision.pk}/tep"

    assert [client.get(place).status_code for place in places] == [404, 404]
