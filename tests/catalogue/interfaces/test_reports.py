from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client

from catalogue.interfaces.reports import REPORTS
from catalogue.models import ContentReport, ProcedureVersion
from factories.catalogue import make_version

pytestmark = pytest.mark.django_db

GIVEN = {"part": "fee", "message": "Phí nay là 30.000 đ.", "contact": "0912 345 678", "website": ""}


@pytest.fixture
def version() -> ProcedureVersion:
    cache.clear()
    return make_version(begins=date(2026, 1, 1))


def address_of(version: ProcedureVersion) -> str:
    return f"/thu-tuc/{version.code}/bao-sai"


def test_report_is_kept_and_thanked_for(client: Client, version: ProcedureVersion) -> None:
    response = client.post(address_of(version), GIVEN, follow=True)

    report = ContentReport.objects.get()
    assert response.redirect_chain == [(f"{address_of(version)}/xong", 302)]
    assert "Cảm ơn bạn đã báo thông tin sai" in response.content.decode()
    assert (report.version, report.part) == (version, "fee")
    assert (report.message, report.contact) == (GIVEN["message"], GIVEN["contact"])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"part": ""}, "Sai ở phần nào?"),
        ({"part": "khong-co"}, "Sai ở phần nào?"),
        ({"message": ""}, "Sai như thế nào?"),
        ({"message": "x" * 2001}, "Nội dung quá dài."),
        ({"contact": "x" * 255}, "Số điện thoại hoặc thư điện tử"),
    ],
)
def test_mistake_in_a_report_loses_nothing(
    client: Client, version: ProcedureVersion, changes: dict[str, str], words: str
) -> None:
    given = GIVEN | changes

    page = client.post(address_of(version), given).content.decode()

    assert "<title>Lỗi:" in page
    assert words in page
    assert given["message"] in page
    assert given["contact"] in page
    assert not ContentReport.objects.exists()


def test_f12_report_is_shown_again_literally(client: Client, version: ProcedureVersion) -> None:
    hostile = "<script>alert(1)</script>{{7*7}}"

    page = client.post(address_of(version), GIVEN | {"message": hostile, "part": ""})

    assert "<script>alert" not in page.content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}" in page.content.decode()


def test_network_that_reports_too_often_waits_and_keeps_its_words(
    client: Client, version: ProcedureVersion
) -> None:
    for _ in range(REPORTS.places):
        client.post(address_of(version), GIVEN)

    refused = client.post(address_of(version), GIVEN | {"message": "Một lỗi nữa."})
    elsewhere = client.post(address_of(version), GIVEN, REMOTE_ADDR="198.51.100.9")

    assert refused.status_code == 429
    assert "Một lỗi nữa." in refused.content.decode()
    assert elsewhere.status_code == 302
    assert ContentReport.objects.count() == REPORTS.places + 1


def test_program_that_fills_in_every_field_is_not_heard(
    client: Client, version: ProcedureVersion
) -> None:
    response = client.post(address_of(version), GIVEN | {"website": "https://spam.example"})

    assert response.status_code == 302
    assert not ContentReport.objects.exists()


def test_a1_d6_report_page_is_in_nobodys_cache(client: Client, version: ProcedureVersion) -> None:
    response = client.get(address_of(version))

    assert "no-store" in response["Cache-Control"]
    assert 'name="csrfmiddlewaretoken"' in response.content.decode()


@pytest.mark.parametrize("below", ["bao-sai", "bao-sai/xong"])
def test_unknown_procedure_takes_no_report(client: Client, below: str) -> None:
    assert client.get(f"/thu-tuc/9.999999/{below}").status_code == 404


def test_report_without_the_token_is_refused(version: ProcedureVersion) -> None:
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(address_of(version), GIVEN).status_code == 403
    assert not ContentReport.objects.exists()
