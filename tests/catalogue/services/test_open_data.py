import gzip
import hashlib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from catalogue import clock
from catalogue.enums import OpenDataFormat
from catalogue.models import OpenDataFile
from catalogue.services.open_data import publish_open_data
from factories.catalogue import make_version

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

NOW = datetime(2026, 5, 1, 9, tzinfo=clock.LOCAL_TZ)
BEGINS = date(2026, 2, 1)


@pytest.fixture(autouse=True)
def _today(settings: Any, tmp_path: Any) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path
    with clock.frozen(NOW):
        yield


def test_files_of_every_format_are_made_with_their_facts() -> None:
    make_version(begins=BEGINS)
    make_version(begins=date(2026, 9, 1))

    files = publish_open_data()

    assert [file.format for file in files] == OpenDataFormat.values
    assert {(file.day, file.sequence, file.rows) for file in files} == {(NOW.date(), 2, 1)}
    text = gzip.decompress(Path(files[0].file.path).read_bytes())
    assert files[0].size == len(text)
    assert files[0].sha256 == hashlib.sha256(text).hexdigest()


def test_nothing_is_made_without_a_change() -> None:
    make_version(begins=BEGINS)
    publish_open_data()

    assert publish_open_data() == []


def test_change_and_new_day_make_files_anew() -> None:
    make_version(begins=BEGINS)
    publish_open_data()

    make_version(begins=BEGINS)
    changed = publish_open_data()
    with clock.frozen(NOW + timedelta(days=1)):
        next_day = publish_open_data()

    assert [file.rows for file in changed] == [2, 2, 2]
    assert len(next_day) == 3


def test_only_the_last_files_are_kept(settings: Any) -> None:
    for _ in range(3):
        make_version(begins=BEGINS)
        publish_open_data()

    on_disk = list((Path(settings.MEDIA_ROOT) / "open-data").iterdir())
    assert OpenDataFile.objects.count() == len(on_disk) == 6


def test_broken_run_is_made_whole_by_the_next() -> None:
    make_version(begins=BEGINS)
    publish_open_data()
    OpenDataFile.objects.filter(format=OpenDataFormat.CSV).delete()

    assert [file.format for file in publish_open_data()] == [OpenDataFormat.CSV]
