from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from django.test import Client

from factories.formbuilder import received_by
from formbuilder.models import Attachment, Submission


@pytest.fixture(autouse=True)
def private_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    folder = tmp_path / "private"
    field = Attachment._meta.get_field("file")
    monkeypatch.setattr(field, "storage", FileSystemStorage(folder, base_url=None))
    return folder


@pytest.fixture
def received() -> Iterator[list[Submission]]:
    taken: list[Submission] = []
    with received_by(taken.append):
        yield taken


@pytest.fixture
def citizen() -> Client:
    return Client()
