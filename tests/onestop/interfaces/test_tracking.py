import re
from datetime import datetime

import pytest
from django.http import HttpResponse
from django.test import Client

from catalogue.clock import LOCAL_TZ, frozen
from factories.catalogue import make_agency
from factories.onestop import make_dossier, make_officer, make_received_dossier
from onestop.models import Dossier
from onestop.services.code_guesses import MISSES

pytestmark = pytest.mark.usefixtures("rules")

TUESDAY = datetime(2026, 6, 9, 9, 30, tzinfo=LOCAL_TZ)
PERSONAL = {
    "name": "Giàng A Páo",
    "phone": "+84912345678",
    "email": "pao@example.vn",
    "identity_number": "011099001234",
}


def without_own_address(response: HttpResponse) -> str:
    """The page without its link to itself in the other language."""
    return re.sub(r"<a [^>]*hreflang[^>]*>", "", response.content.decode())


@pytest.fixture
def received(rules: None) -> Dossier:
    agency = make_agency("H18.92", name="Ủy ban nhân dân xã Tủa Chùa")
    with frozen(TUESDAY):
        return make_received_dossier(
            agency=agency, by=make_officer(agency), file_name="cccd-giang-a-pao.pdf", **PERSONAL
        )


def test_tracking_of_what_waits(client: Client) -> None:
    dossier = make_dossier(**PERSONAL)

    html = client.get(f"/ho-so/{dossier.submission.number}").content.decode()

    assert "Đã gửi, chờ tiếp nhận" in html
    assert "25 %" in html
    assert f"{dossier.submission.answer_by.astimezone(LOCAL_TZ):%d/%m/%Y}" in html


def test_tracking_of_what_was_received(client: Client, received: Dossier) -> None:
    html = client.get(f"/ho-so/{received.code}").content.decode()

    assert "Đã tiếp nhận, đang giải quyết" in html
    assert "50 %" in html
    assert "12/06/2026" in html
    assert "Ủy ban nhân dân xã Tủa Chùa" in html
    assert "Đăng ký kết hôn" in html


# A5
@pytest.mark.parametrize("language", ["", "/en"])
def test_tracking_shows_no_personal_data(client: Client, received: Dossier, language: str) -> None:
    for code in (received.code, received.submission.number):
        html = client.get(f"{language}/ho-so/{code}").content.decode()

        for value in (*PERSONAL.values(), "Páo", "cccd"):
            assert value not in html
        assert str(received.agency.memberships.get().user) not in html


# A5
def test_tracking_keeps_the_code_out_of_caches_indexes_and_referers(
    client: Client, received: Dossier
) -> None:
    response = client.get(f"/ho-so/{received.code}")

    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"
    assert '<meta name="robots" content="noindex">' in response.content.decode()


# A5
def test_tracking_answers_every_wrong_code_alike(client: Client, received: Dossier) -> None:
    near = received.code[:-1] + "2"
    wrong = [
        near,
        "H18-261124-0001",
        "N-2611-0000-0000-00000",
        "x",
        "%00",
        "🙂",
        "A" * 500,
    ]

    answers = [client.get(f"/ho-so/{code}") for code in wrong]

    assert {answer.status_code for answer in answers} == {404}
    assert len({without_own_address(answer) for answer in answers}) == 1
    assert all("no-store" in answer["Cache-Control"] for answer in answers)


@pytest.mark.parametrize("write", [str.lower, " {} ".format, "{}\n".format])
def test_tracking_takes_a_code_as_people_type_it(
    client: Client, received: Dossier, write: object
) -> None:
    response = client.get("/ho-so", {"ma": write(received.code)})  # type: ignore[operator]

    assert response["Location"] == f"/ho-so/{received.code}"


def test_tracking_finds_a_submission_number_with_look_alikes(client: Client) -> None:
    dossier = make_dossier()
    typed = dossier.submission.number.lower().replace("-", "").replace("0", "o")

    assert client.get(f"/ho-so/{typed}").status_code == 200


def test_tracking_asks_for_a_code(client: Client) -> None:
    empty = client.get("/ho-so")
    blank = client.get("/ho-so", {"ma": " "})

    assert empty.status_code == 200
    assert "<title>Lỗi:" not in empty.content.decode()
    assert "Hãy nhập mã hồ sơ." in blank.content.decode()
    assert "<title>Lỗi:" in blank.content.decode()


def test_tracking_by_a_code_with_a_slash(client: Client) -> None:
    assert client.get("/ho-so", {"ma": "/"}).status_code == 200
    assert client.get("/ho-so", {"ma": "a/b"})["Location"] == "/ho-so/AB"


def test_tracking_in_english(client: Client, received: Dossier) -> None:
    html = client.get(f"/en/ho-so/{received.code}").content.decode()

    assert "Received, being handled" in html


# A5
def test_tracking_makes_an_address_that_misses_too_often_wait(
    client: Client, received: Dossier
) -> None:
    wrong = [f"/ho-so/{received.code[:-4]}{serial}" for serial in range(5000, 5000 + MISSES)]
    misses = {client.get(address).status_code for address in wrong}
    refusals = [client.get(address) for address in (*wrong[:2], f"/ho-so/{received.code}")]
    elsewhere = client.get(f"/ho-so/{received.code}", REMOTE_ADDR="203.0.113.9")

    assert misses == {404}
    assert {refusal.status_code for refusal in refusals} == {429}
    assert len({without_own_address(refusal) for refusal in refusals}) == 1
    assert "Hãy thử lại sau" in refusals[0].content.decode()
    assert refusals[0]["Retry-After"] == "600"
    assert elsewhere.status_code == 200


# A5
def test_tracking_through_the_entry_waits_too(client: Client) -> None:
    for serial in range(MISSES):
        client.get("/ho-so", {"ma": f"H18-261124-{serial:04}"}, follow=True)

    response = client.get("/ho-so", {"ma": "H18-261124-9999"}, follow=True)

    assert response.status_code == 429


# A5
def test_tracking_never_counts_a_hit(client: Client, received: Dossier) -> None:
    answers = [client.get(f"/ho-so/{received.code}").status_code for _ in range(MISSES + 2)]

    assert set(answers) == {200}


@pytest.mark.parametrize(
    "write",
    [
        str.lower,
        "  {} ".format,
        lambda number: number.replace("-", " "),
        lambda number: number.replace("0", "O").replace("1", "l"),
    ],
)
def test_tracking_writes_a_submission_number_out(client: Client, write: object) -> None:
    number = make_dossier().submission.number

    response = client.get("/ho-so", {"ma": write(number)})  # type: ignore[operator]

    assert response["Location"] == f"/ho-so/{number}"
