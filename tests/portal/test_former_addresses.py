from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from catalogue import clock
from catalogue.enums import DecisionAction, Role
from catalogue.models import FormerCode, Procedure, ProcedureVersion
from factories.catalogue import make_decision, make_member, make_procedure, make_version

pytestmark = pytest.mark.django_db

BEGAN = date(2026, 2, 1)
NAME, SLUG = "Thủ tục đăng ký nuôi ong", "thu-tuc-dang-ky-nuoi-ong"


@pytest.fixture(autouse=True)
def _today() -> Any:
    with clock.frozen(datetime(2026, 5, 1, 9, tzinfo=clock.LOCAL_TZ)):
        yield


@pytest.fixture
def version() -> ProcedureVersion:
    return make_version(begins=BEGAN, code="1.004873", name=NAME)


def end(version: ProcedureVersion, action: DecisionAction) -> None:
    agency = version.agency
    make_decision(
        (Procedure.objects.get(pk=version.procedure_id), action, date(2026, 4, 1)),
        agency=agency,
        editor=make_member(Role.MINISTRY_EDITOR, agency),
        approver=make_member(Role.MINISTRY_APPROVER, agency),
    )


def rename(version: ProcedureVersion, name: str) -> None:
    page = Procedure.objects.get(pk=version.procedure_id)
    page.name = name
    page.save_revision(user=None, clean=False)
    end(version, DecisionAction.AMEND)


@pytest.mark.parametrize(
    "address",
    [
        "/thu-tuc/B-BTP-123456",
        "/thu-tuc/B-BTP-123456?ngay=2026-03-01&x=%C3%A1",
        "/thu-tuc/B-BTP-123456/nop",
        "/thu-tuc/B-BTP-123456/qr.svg",
        "/thu-tuc/b-btp-123456/bao-sai",
        "/thu-tuc/B-BTP-123456/",
        "/en/thu-tuc/B-BTP-123456/nop?noi=x",
    ],
)
def test_former_code_leads_to_the_current_one_with_all_below(
    client: Client, version: ProcedureVersion, address: str
) -> None:
    FormerCode.objects.create(code="B-BTP-123456", procedure=version.procedure)

    response = client.get(address)

    current = address.replace("B-BTP-123456", "1.004873").replace("b-btp-123456", "1.004873")
    assert response.status_code == 301
    assert response["Location"] == current.rstrip("/")
    assert response["Cache-Control"] == "max-age=3600"


def test_former_code_leads_nowhere_before_its_procedure_is_published(
    client: Client, version: ProcedureVersion
) -> None:
    draft = make_procedure(version.agency)
    FormerCode.objects.create(code="B-BTP-123456", procedure=draft)
    FormerCode.objects.create(code=version.code, procedure=draft)
    end(version, DecisionAction.ABOLISH)

    assert client.get("/thu-tuc/B-BTP-123456").status_code == 404
    assert draft.code not in client.get(f"/thu-tuc/{version.code}").content.decode()


@pytest.mark.parametrize("below", ["", "/qr.svg", "/bao-sai"])
def test_slash_at_the_end_leads_to_the_address(
    client: Client, version: ProcedureVersion, below: str
) -> None:
    response = client.get(f"/thu-tuc/{version.code}{below}/?ngay=2026-03-01")

    assert response.status_code == 301
    assert response["Location"] == f"/thu-tuc/{version.code}{below}?ngay=2026-03-01"


def test_small_letters_lead_to_the_code(client: Client) -> None:
    make_version(begins=BEGAN, code="B-BTP-000001")

    response = client.get("/thu-tuc/b-btp-000001")

    assert (response.status_code, response["Location"]) == (301, "/thu-tuc/B-BTP-000001")


@pytest.mark.parametrize(
    "name",
    [SLUG, "dang-ky-nuoi-ong", "Thủ tục đăng ký nuôi ong", "THU-TUC-DANG-KY-NUOI-ONG"],
)
def test_name_leads_to_the_code(client: Client, version: ProcedureVersion, name: str) -> None:
    response = client.get(f"/thu-tuc/{name}?ngay=2026-03-01")

    assert response.status_code == 302
    assert response["Location"] == "/thu-tuc/1.004873?ngay=2026-03-01"


def test_former_name_leads_to_the_renamed_procedure(
    client: Client, version: ProcedureVersion
) -> None:
    rename(version, "Đăng ký đàn ong")

    for name in (SLUG, "dang-ky-dan-ong"):
        assert client.get(f"/thu-tuc/{name}")["Location"] == "/thu-tuc/1.004873"


def test_name_of_several_leads_to_a_search(client: Client, version: ProcedureVersion) -> None:
    make_version(begins=BEGAN, name=NAME)

    response = client.get(f"/en/thu-tuc/{SLUG}")

    assert response.status_code == 302
    assert response["Location"] == "/en/tim-kiem?q=thu+tuc+dang+ky+nuoi+ong"


def test_name_in_force_goes_before_one_that_ended(
    client: Client, version: ProcedureVersion
) -> None:
    end(version, DecisionAction.ABOLISH)
    other = make_version(begins=BEGAN, name=NAME)

    assert client.get(f"/thu-tuc/{SLUG}")["Location"] == f"/thu-tuc/{other.code}"


def test_page_of_an_abolished_procedure_stays_and_names_its_successor(
    client: Client, version: ProcedureVersion
) -> None:
    end(version, DecisionAction.ABOLISH)
    successor = make_version(begins=BEGAN)
    FormerCode.objects.create(code=version.code, procedure=successor.procedure)

    response = client.get(f"/thu-tuc/{version.code}")

    page = response.content.decode()
    assert response.status_code == 200
    assert "Hết hiệu lực từ 01/04/2026" in page
    assert f'<a href="/thu-tuc/{successor.code}">' in page


@pytest.mark.parametrize(
    "address",
    [
        "/thu-tuc/khong-co-ten-nay",
        "/thu-tuc/9.999999/",
        "/thu-tuc/1.004873/khong-co",
        "/thu-tuc/%00",
        "/thu-tuc/%0d%0aSet-Cookie:x",
        "/thu-tuc/---",
        f"/thu-tuc/{'x' * 3000}",
        "/thu-tuc//evil.example",
        "/ho-so/1.004873/",
    ],
)
def test_what_leads_nowhere_is_not_found(
    client: Client, version: ProcedureVersion, address: str
) -> None:
    assert client.get(address).status_code == 404


def test_nobody_is_led_to_another_site(client: Client, version: ProcedureVersion) -> None:
    FormerCode.objects.create(code="8.000001", procedure=version.procedure)

    response = client.get("/thu-tuc/8.000001//evil.example/%0d%0aX")

    assert response.status_code in {301, 404}
    assert response.get("Location", "/thu-tuc/1.004873/").startswith("/thu-tuc/1.004873/")


def test_posted_forms_are_not_led_on(client: Client, version: ProcedureVersion) -> None:
    FormerCode.objects.create(code="8.000001", procedure=version.procedure)

    assert client.post("/thu-tuc/8.000001/bao-sai").status_code == 404
