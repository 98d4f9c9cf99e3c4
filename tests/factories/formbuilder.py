"""Forms, drafts and files for tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from catalogue.enums import AgencyKind, Level
from catalogue.models import Agency
from factories.catalogue import make_agency
from factories.search import make_document, publish
from formbuilder.models import Draft, FormVersion, Submission
from formbuilder.ports import SubmissionReceiver, ports
from formbuilder.selectors.drafts import Visitor
from formbuilder.services.drafts import start_draft
from formbuilder.services.form_versions import store_form_version

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64
JPG = b"\xff\xd8\xff\xe0" + b"\x00" * 64
DEVICE_KEY = "a-secret-of-the-device"
_numbers = count(1)


def make_paper(key: str = "d1", name: str = "Tờ khai đăng ký", **changes: Any) -> dict[str, Any]:
    """Return one paper of a dossier as canonical documents have it."""
    paper = {
        "key": key,
        "name": name,
        "note": False,
        "originals": 1,
        "copies": 0,
        "form": None,
        "text": "",
    }
    return paper | changes


def make_papers(kind: str, *papers: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return a group of papers of a kind."""
    group = {"key": f"g{next(_numbers)}", "kind": kind, "kind_rule": "", "title": None}
    return group | {"documents": list(papers)} | changes


def make_procedure_document(*groups: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return a canonical document with these groups of papers (one paper without any)."""
    wanted = list(groups) or [make_papers("always", make_paper())]
    return make_document(**{"document_groups": wanted, **changes})


def make_form_version(*groups: dict[str, Any], **changes: Any) -> FormVersion:
    """Publish a procedure with these groups of papers and return its form."""
    number = next(_numbers)
    code = changes.pop("code", f"9.{number:06d}")
    name = changes.pop("name", "Đăng ký kết hôn")
    days = {"valid_from": changes.pop("valid_from")} if "valid_from" in changes else {}
    document = make_procedure_document(*groups, **changes)
    kept = {key: document[key] for key in document if key not in ("code", "name")}
    with transaction.atomic():
        version = publish(code, name, **kept, **days)
        store_form_version(version)
    return FormVersion.objects.get(procedure_version=version)


def make_commune(name: str = "Phường Mường Lay", **changes: Any) -> Agency:
    """Store a commune in a province of its own; both have unit codes."""
    number = next(_numbers)
    province = make_agency(
        name=changes.pop("province", "Tỉnh Điện Biên"),
        level=Level.PROVINCE,
        kind=AgencyKind.PEOPLES_COMMITTEE,
        place_code=f"{number % 100:02d}",
    )
    return make_agency(
        name=name,
        parent=province,
        level=Level.COMMUNE,
        kind=AgencyKind.PEOPLES_COMMITTEE,
        place_code=f"{number:05d}",
        **changes,
    )


def make_draft(
    form_version: FormVersion | None = None,
    place: Agency | None = None,
    *,
    by: Any = None,
    device_key: str = DEVICE_KEY,
) -> Draft:
    """Start a draft at a commune."""
    return start_draft(
        form_version=form_version or make_form_version(),
        place=place or make_commune(),
        by=by,
        access_key_hash=Visitor(None, device_key).key_hash,
    )


def complete_answers(draft: Draft) -> dict[str, Any]:
    """Return answers with which the form of one plain paper can be submitted."""
    place = draft.place
    return {
        "filer": "self",
        "full_name": "Lò Thị Mai",
        "identity_number": "011190000123",
        "date_of_birth": "1990-03-27",
        "phone": "+84912345678",
        "email": "mai@example.vn",
        "address": {
            "province": place.parent.place_code,
            "commune": place.place_code,
            "line": "Tổ dân phố 7",
        },
        "paper_1": {"way": "paper"},
        "result": "counter",
        "consent_truth": True,
        "consent_data": True,
    }


def make_complete_draft(**values: Any) -> Draft:
    """Start a draft that can be submitted."""
    draft = make_draft(**values)
    draft.answers = complete_answers(draft)
    draft.save()
    return draft


def make_upload(name: str = "to-khai.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    """Return a file as a browser sends it; its declared type is a lie."""
    return SimpleUploadedFile(name, content, content_type="text/plain")


@contextmanager
def received_by(receiver: SubmissionReceiver | None) -> Iterator[list[Submission]]:
    """Let `receiver` take submissions over inside the block; None stands for no receiver."""
    before = ports.receiver
    ports.receiver = receiver
    try:
        yield []
    finally:
        ports.receiver = before
