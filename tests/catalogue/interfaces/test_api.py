from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from catalogue import clock
from catalogue.interfaces import api
from catalogue.models import ProcedureVersion
from factories.catalogue import make_version

pytestmark = pytest.mark.django_db

BEGINS = date(2026, 2, 1)


@pytest.fixture(autouse=True)
def _today() -> Any:
    with clock.frozen(datetime(2026, 5, 1, 9, tzinfo=clock.LOCAL_TZ)):
        yield


def test_document_is_the_canonical_one(client: Client) -> None:
    version = make_version(begins=BEGINS)

    response = client.get(f"/api/v1/procedures/{version.code}")

    assert response.status_code == 200
    assert response.json() == version.document


@pytest.mark.parametrize(("day", "status"), [("2026-01-31", 404), ("2026-02-01", 200)])
def test_document_is_told_of_the_day_asked_for(client: Client, day: str, status: int) -> None:
    version = make_version(begins=BEGINS)

    assert client.get(f"/api/v1/procedures/{version.code}?on={day}").status_code == status


def test_document_of_an_ended_procedure_is_not_found(client: Client) -> None:
    version = make_version(begins=BEGINS)
    ProcedureVersion.objects.update(valid_to=date(2026, 4, 1))

    assert client.get(f"/api/v1/procedures/{version.code}").status_code == 404


@pytest.mark.parametrize("code", ["1.999999", "%00", "a b"])
def test_d4_unknown_code_is_answered_in_json(client: Client, code: str) -> None:
    response = client.get(f"/api/v1/procedures/{code}")

    assert response.status_code == 404
    assert set(response.json()) == {"detail"}


def test_day_that_is_none_is_a_fault_of_the_asker(client: Client) -> None:
    assert client.get("/api/v1/procedures/1.000001?on=mai").status_code == 422


def test_list_is_read_to_its_end_by_the_cursor(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "PAGE", 2)
    codes = sorted(make_version(begins=BEGINS).code for _ in range(5))
    make_version(begins=date(2026, 9, 1))

    read: list[list[str]] = []
    cursor: str | None = ""
    while cursor is not None:
        page = client.get("/api/v1/procedures", {"cursor": cursor}).json()
        read.append(page["items"])
        cursor = page["next"]

    assert read == [codes[:2], codes[2:4], codes[4:]]


def test_cursor_that_is_no_code_is_harmless(client: Client) -> None:
    assert client.get("/api/v1/procedures?cursor=%00'").status_code == 200
