import csv
import gzip
import hashlib
import json
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from catalogue import clock
from catalogue.models import OpenDataFile
from catalogue.open_data import COLUMNS
from catalogue.services.open_data import publish_open_data
from factories.catalogue import make_ministry, make_version

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

BEGINS = date(2026, 2, 1)
FORMULAS = ("=1+1", '=HYPERLINK("https://evil.example")', "+1", "-1", "@SUM(1)")


@pytest.fixture(autouse=True)
def _today(settings: Any, tmp_path: Any) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path
    caches["local"].clear()
    with clock.frozen(datetime(2026, 5, 1, 9, tzinfo=clock.LOCAL_TZ)):
        yield


def download(client: Client, form: str, **asked: Any) -> bytes:
    response = client.get(f"/du-lieu-mo/thu-tuc.{form}", asked)
    assert response.status_code == 200
    assert response["Content-Disposition"] == f'attachment; filename="thu-tuc-2026-05-01.{form}"'
    return b"".join(response.streaming_content)


def table_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(content.decode("utf-8-sig").splitlines()))


def test_each_line_is_a_document_under_its_hash(client: Client) -> None:
    versions = sorted((make_version(begins=BEGINS) for _ in range(3)), key=lambda one: one.code)
    make_version(begins=date(2026, 9, 1))
    publish_open_data()

    lines = download(client, "jsonl").splitlines()

    assert [json.loads(line) for line in lines] == [version.document for version in versions]
    assert [hashlib.sha256(line).hexdigest() for line in lines] == [
        version.sha256 for version in versions
    ]


def test_table_tells_in_vietnamese_what_was_published(client: Client) -> None:
    version = make_version(make_ministry(), levels=["commune"], begins=BEGINS)
    publish_open_data()

    (row,) = table_of(download(client, "csv"))

    assert list(row) == [column.name for column in COLUMNS]
    assert (row["code"], row["agency"], row["levels"]) == (version.code, "Bộ Tư pháp", "Cấp xã")
    assert row["url"] == f"http://127.0.0.1:8000/thu-tuc/{version.code}"


def test_words_of_a_table_are_vietnamese_on_english_pages_too(client: Client) -> None:
    make_version(make_ministry(), levels=["commune"], begins=BEGINS)

    response = client.get("/en/du-lieu-mo/thu-tuc.csv?agency=G15")

    (row,) = table_of(b"".join(response.streaming_content))
    assert row["levels"] == "Cấp xã"


def test_workbook_holds_the_same_rows(client: Client) -> None:
    version = make_version(begins=BEGINS)
    publish_open_data()

    sheet = load_workbook(BytesIO(download(client, "xlsx"))).worksheets[0]

    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 2
    assert rows[1][:2] == (version.code, version.name)


@pytest.mark.parametrize("name", FORMULAS)
def test_x3_names_in_open_data_are_no_formulas(client: Client, name: str) -> None:
    make_version(name=name, begins=BEGINS)
    publish_open_data()

    (row,) = table_of(download(client, "csv"))
    cell = load_workbook(BytesIO(download(client, "xlsx"))).worksheets[0]["B2"]

    assert row["name"] == f"'{name}"
    assert (cell.data_type, cell.value) == ("s", name)


def test_part_of_an_agency_holds_its_procedures(client: Client) -> None:
    version = make_version(make_ministry(), begins=BEGINS)
    make_version(begins=BEGINS)
    publish_open_data()

    rows = table_of(download(client, "csv", agency="G15"))

    assert [row["code"] for row in rows] == [version.code]


@pytest.mark.parametrize("asked", ["", "?agency=G15"])
def test_download_is_compressed_for_those_who_take_it(client: Client, asked: str) -> None:
    version = make_version(make_ministry(), begins=BEGINS)
    publish_open_data()

    response = client.get(f"/du-lieu-mo/thu-tuc.csv{asked}", headers={"accept-encoding": "gzip"})

    assert response["Content-Encoding"] == "gzip"
    (row,) = table_of(gzip.decompress(b"".join(response.streaming_content)))
    assert row["code"] == version.code


@pytest.mark.parametrize("asked", ["", "?agency=G15"])
@pytest.mark.parametrize("form", ["jsonl", "csv", "xlsx"])
def test_download_known_already_is_not_sent_again(client: Client, form: str, asked: str) -> None:
    make_version(make_ministry(), begins=BEGINS)
    publish_open_data()
    address = f"/du-lieu-mo/thu-tuc.{form}{asked}"
    first = client.get(address)
    b"".join(first.streaming_content)

    again = client.get(address, headers={"if-none-match": first["ETag"]})

    assert again.status_code == 304


@pytest.mark.parametrize(
    "address",
    ["thu-tuc.exe", "thu-tuc.%00", "thu-tuc.csv?agency=KHONG", "thu-tuc.csv?field=%00"],
)
def test_q3_unknown_file_is_not_found(client: Client, address: str) -> None:
    assert client.get(f"/du-lieu-mo/{address}").status_code == 404


def test_page_offers_the_newest_files_with_their_facts(client: Client) -> None:
    make_version(begins=BEGINS)
    files = publish_open_data()

    shown = client.get("/du-lieu-mo").content.decode()

    for file in files:
        assert file.sha256 in shown
        assert f'href="/du-lieu-mo/thu-tuc.{file.format}"' in shown


@pytest.mark.parametrize("form", ["jsonl", "csv", "xlsx"])
def test_whole_is_not_made_while_a_reader_waits(client: Client, form: str) -> None:
    make_version(begins=BEGINS)

    response = client.get(f"/du-lieu-mo/thu-tuc.{form}")

    assert (response.status_code, response["Retry-After"]) == (503, "600")
    assert response["Content-Type"].startswith("text/plain")


def test_page_offers_no_whole_file_before_any_is_made(client: Client) -> None:
    assert b'href="/du-lieu-mo/thu-tuc.' not in client.get("/du-lieu-mo").content


def test_download_asks_the_database_as_often_for_one_as_for_three(client: Client) -> None:
    numbers = []
    ministry = make_ministry()
    for more in (1, 2):
        for _ in range(more):
            make_version(ministry, begins=BEGINS)
        with CaptureQueriesContext(connection) as queries:
            download(client, "csv", agency="G15")
        numbers.append(len(queries))

    assert numbers[0] == numbers[1]


def test_scripts_of_other_sites_may_read(client: Client) -> None:
    publish_open_data()

    response = client.get("/du-lieu-mo/thu-tuc.jsonl")

    b"".join(response.streaming_content)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert OpenDataFile.objects.count() == 3
