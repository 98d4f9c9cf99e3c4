import hashlib
import io
import struct
import zipfile
from pathlib import Path

import pytest

from factories.formbuilder import JPG, PDF, PNG, make_draft, make_upload
from formbuilder.file_kinds import DOCX, clean_name, kind_of
from formbuilder.models import Attachment, Draft
from formbuilder.questions.papers import MAX_BYTES, MAX_FILES
from formbuilder.services import attachments as service
from formbuilder.services.attachments import FileRefused, attach_file, remove_attachment
from formbuilder.services.drafts import DraftClosed

pytestmark = pytest.mark.django_db


def zipped(*names: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), "")
    return content.getvalue()


WORD = zipped("[Content_Types].xml", "word/document.xml")


def with_hidden_entries(content: bytes, number: int) -> bytes:
    start, end = content.index(b"PK\x01\x02"), content.index(b"PK\x05\x06")
    entry = b"PK\x01\x02" + bytes(24) + struct.pack("<H", 1) + bytes(16) + b"a"
    hidden = content[start:end] + entry * number
    length = struct.pack("<LL", len(hidden), start)
    return content[:start] + hidden + content[end : end + 12] + length + bytes(2)


def with_second_list(content: bytes) -> bytes:
    end = content.index(b"PK\x05\x06")
    return content[:end] + b"PK\x06\x07" + bytes(16) + content[end:]


def attach(draft: Draft, name: str = "to-khai.pdf", content: bytes = PDF) -> Attachment:
    return attach_file(draft=draft, slot="paper_1", upload=make_upload(name, content), by=None)


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("a.pdf", PDF, "application/pdf"),
        ("A.PDF", PDF, "application/pdf"),
        ("a.jpg", JPG, "image/jpeg"),
        ("a.jpeg", JPG, "image/jpeg"),
        ("a.png", PNG, "image/png"),
        ("a.docx", WORD, DOCX.content_type),
    ],
)
def test_file_is_kept_by_its_own_bytes(name: str, content: bytes, content_type: str) -> None:
    file = attach(make_draft(), name, content)

    assert file.content_type == content_type
    assert file.size == len(content)
    assert file.sha256 == hashlib.sha256(content).hexdigest()
    assert file.scan_state == "not_scanned"
    with file.file.open("rb") as stored:
        assert stored.read() == content


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"MZ\x90\x00"),
        ("a.pdf", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("a.png", b"<svg onload=alert(1)>"),
        ("a.exe", PDF),
        ("a.html", PDF),
        ("a", PDF),
        ("a.jpg", PNG),
        ("a.docx", zipped("evil.exe")),
        ("a.docx", WORD[:40]),
        ("a.docx", b"PK\x03\x04" + b"\x00" * 40),
        ("a.docx", zipped(*(f"{number}.xml" for number in range(2_001)))),
        ("a.zip", WORD),
    ],
)
def test_file_of_another_kind_is_refused(name: str, content: bytes, private_files: Path) -> None:
    draft = make_draft()

    with pytest.raises(FileRefused, match="PDF"):
        attach(draft, name, content)

    assert not Attachment.objects.exists()
    assert list(private_files.rglob("*")) == []


@pytest.mark.parametrize("content", [with_hidden_entries(WORD, 20_000), with_second_list(WORD)])
def test_zip_that_hides_a_long_list_of_entries_is_refused_u3(content: bytes) -> None:
    assert kind_of(io.BytesIO(content), "a.docx") is None


def test_empty_file_is_refused_u10() -> None:
    with pytest.raises(FileRefused, match=r"a\.pdf"):
        attach(make_draft(), "a.pdf", b"")


def test_file_of_one_byte_is_refused_u10() -> None:
    with pytest.raises(FileRefused):
        attach(make_draft(), "a.pdf", b"%")


@pytest.mark.parametrize(("extra", "taken"), [(0, True), (1, False)])
def test_file_at_its_limit_is_taken_and_one_byte_more_is_not_u10(extra: int, taken: bool) -> None:
    draft = make_draft()
    content = PDF.ljust(MAX_BYTES + extra, b" ")

    if taken:
        assert attach(draft, "a.pdf", content).size == MAX_BYTES
    else:
        with pytest.raises(FileRefused, match="10 MB"):
            attach(draft, "a.pdf", content)


def test_too_many_files_of_a_paper_are_refused() -> None:
    draft = make_draft()
    for _ in range(MAX_FILES):
        attach(draft)

    with pytest.raises(FileRefused, match=str(MAX_FILES)):
        attach(draft)


def test_files_of_a_draft_have_a_limit_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "MAX_BYTES_OF_DRAFT", 2 * len(PDF))
    draft = make_draft()
    attach(draft)
    attach(draft)

    with pytest.raises(FileRefused):
        attach(draft)


def test_file_for_no_paper_is_refused() -> None:
    with pytest.raises(FileRefused):
        attach_file(draft=make_draft(), slot="full_name", upload=make_upload(), by=None)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("..\\..\\boot.pdf", "boot.pdf"),
        ("C:\\Users\\mai\\tờ khai.pdf", "tờ khai.pdf"),
        ("a\x00b.pdf", "ab.pdf"),
        ("CON.pdf", "CON.pdf"),
        ("..", "tep"),
        ("", "tep"),
        (".pdf", "tep.pdf"),
        ("x" * 5_000 + ".pdf", "x" * 196 + ".pdf"),
        ("\u202efdp.gpj.exe", "fdp.gpj.exe"),
        ("to\u031b\u0300 khai.pdf", "tờ khai.pdf"),
        ("ảnh 😀.pdf", "ảnh 😀.pdf"),
        ('a"; filename="b.pdf', 'a"; filename="b.pdf'),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie: x.pdf"),
    ],
)
def test_name_is_for_showing_only_u9(name: str, shown: str) -> None:
    assert clean_name(name) == shown


def test_stored_place_has_nothing_of_the_name_u9(private_files: Path) -> None:
    file = attach(make_draft(), "../../etc/passwd.pdf")

    stored = [path for path in private_files.rglob("*") if path.is_file()]
    assert [path.name for path in stored] == [file.id.hex]
    assert file.name == "passwd.pdf"


def test_removed_file_is_gone(
    private_files: Path, django_capture_on_commit_callbacks: object
) -> None:
    file = attach(make_draft())

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        remove_attachment(attachment=file, by=None)

    assert not Attachment.objects.exists()
    assert not any(path.is_file() for path in private_files.rglob("*"))


def test_submitted_draft_takes_no_file(private_files: Path) -> None:
    draft = make_draft()
    file = attach(draft)
    Draft.objects.update(state="submitted")

    with pytest.raises(DraftClosed):
        attach(draft)
    with pytest.raises(DraftClosed):
        remove_attachment(attachment=file, by=None)

    assert len([path for path in private_files.rglob("*") if path.is_file()]) == 1


def test_kind_is_known_without_reading_a_whole_archive() -> None:
    assert kind_of(io.BytesIO(WORD), "a.docx") == DOCX
