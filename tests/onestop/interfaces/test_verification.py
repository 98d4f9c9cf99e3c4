import re

import pytest
from django.http import HttpResponse
from django.test import Client

from factories.catalogue import make_agency
from factories.onestop import make_dossier, make_officer, make_received_dossier
from onestop.models import Dossier
from onestop.papers import RECEIPT, Paper, paper_token

pytestmark = pytest.mark.usefixtures("rules")


@pytest.fixture
def received(rules: None) -> Dossier:
    agency = make_agency("H18.93", name="Ủy ban nhân dân xã Sín Thầu")
    return make_received_dossier(agency=agency, by=make_officer(agency), name="Pờ Thị Ánh")


def without_own_address(response: HttpResponse) -> str:
    """The page without its link to itself in the other language."""
    return re.sub(r"<a [^>]*hreflang[^>]*>", "", response.content.decode())


def test_token_of_a_receipt_tells_what_the_paper_is(client: Client, received: Dossier) -> None:
    token = paper_token(Paper(RECEIPT, received.pk, 2))

    response = client.get(f"/xac-minh/{token}")

    html = response.content.decode()
    assert response.status_code == 200
    assert received.code in html
    assert "Ủy ban nhân dân xã Sín Thầu" in html
    assert f"{received.due_on:%d/%m/%Y}" in html
    assert "no-store" in response["Cache-Control"]


def test_token_page_shows_no_personal_data(client: Client, received: Dossier) -> None:
    html = client.get(f"/xac-minh/{paper_token(Paper(RECEIPT, received.pk, 2))}").content.decode()

    assert "Ánh" not in html
    assert "ung@example.vn" not in html


def test_token_that_was_made_up_is_unknown(client: Client, received: Dossier) -> None:
    token = paper_token(Paper(RECEIPT, received.pk, 2))
    waiting = make_dossier()
    wrong = [
        "x",
        token[:-1],
        token.replace(f"{received.pk}.2", f"{received.pk}.1"),
        paper_token(Paper(RECEIPT, received.pk, 1)),
        paper_token(Paper(RECEIPT, waiting.pk, 2)),
        paper_token(Paper("99", received.pk, 2)),
        paper_token(Paper(RECEIPT, 999_999, 2)),
    ]

    answers = [client.get(f"/xac-minh/{text}") for text in wrong]

    assert {answer.status_code for answer in answers} == {404}
    assert len({without_own_address(answer) for answer in answers}) == 1
