import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.core.signing import get_cookie_signer
from django.http import HttpResponse
from django.test import Client
from django.utils.html import escape

from factories.formbuilder import DEVICE_KEY, PDF, make_complete_draft, make_upload
from formbuilder.interfaces.visitor import COOKIE, SALT
from formbuilder.models import Attachment, Draft

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(os.getuid() != 0, reason="not run: a disk is mounted by root only"),
]
REFUSAL = "Hiện hệ thống chưa nhận thêm được tệp"
# Django keeps the smaller in memory and puts the larger into a temporary file.
SIZES = [2_000_000, 4_000_000]


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.fixture
def private_files(monkeypatch: pytest.MonkeyPatch) -> Path:
    """The product's own storage, instead of the one of other tests."""
    monkeypatch.setattr(Attachment._meta.get_field("file"), "storage", storages["private"])
    return Path(storages["private"].location)


@pytest.fixture
def draft(citizen: Client) -> Draft:
    citizen.cookies[COOKIE] = get_cookie_signer(salt=COOKIE + SALT).sign(DEVICE_KEY)
    return make_complete_draft()


def files_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def send_paper(client: Client, draft: Draft, size: int) -> HttpResponse:
    paper = make_upload(content=PDF + b"\x00" * size)
    fields = {"paper_1__way": "upload", "paper_1__files": paper}
    return client.post(f"/to-khai/{draft.pk}/giay-to-1", fields)


@pytest.mark.parametrize("size", SIZES)
def test_r6_full_disk_refuses_the_file_in_words(
    citizen: Client, draft: Draft, private_files: Path, size: int
) -> None:
    with small_disk(private_files):
        response = send_paper(citizen, draft, size)
        left = files_below(private_files)

    assert response.status_code == 200
    assert escape(REFUSAL) in response.content.decode()
    assert left == []
    assert Draft.objects.get(pk=draft.pk).answers["full_name"] == "Lò Thị Mai"


def test_r6_full_disk_leaves_other_pages_alone_and_passes(
    citizen: Client, draft: Draft, private_files: Path
) -> None:
    code = draft.form_version.procedure_version.code
    with small_disk(private_files):
        send_paper(citizen, draft, SIZES[0])
        pages = [
            citizen.get(address).status_code
            for address in ("/", f"/thu-tuc/{code}", "/to-khai", f"/to-khai/{draft.pk}/giay-to-1")
        ]
    response = send_paper(citizen, draft, SIZES[0])

    assert pages == [200, 200, 200, 200]
    assert response.status_code == 302
    assert Attachment.objects.get(draft=draft).size > SIZES[0]
