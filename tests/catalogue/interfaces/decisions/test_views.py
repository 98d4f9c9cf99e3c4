import unicodedata
from typing import Any

import pytest
from django.test import Client

from catalogue.enums import Role
from catalogue.models import Agency, PublicationDecision
from catalogue.services.decisions import prepare_decision
from factories.catalogue import SIGNED_ON, make_member, make_ministry, make_procedure
from portal.accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
NUMBER = "12 năm/QĐ"
PLACE = "/quan-tri/quyet-dinh/"


@pytest.fixture
def ministry() -> Agency:
    ministry = make_ministry()
    make_procedure(ministry)
    return ministry


@pytest.fixture
def editor(ministry: Agency, client: Client) -> User:
    user = make_member(Role.MINISTRY_EDITOR, ministry)
    client.force_login(user)
    return user


@pytest.fixture
def decision(ministry: Agency, editor: User) -> PublicationDecision:
    return prepare_decision(number=NUMBER, signed_on=SIGNED_ON, agency=ministry, by=editor)


def new(client: Client, ministry: Agency, **values: Any) -> str:
    data = {"agency": ministry.pk, "number": "2/QĐ", "signed_on": "2026-01-05"} | values
    return client.post(f"{PLACE}moi/", data).content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        NUMBER,
        NUMBER.replace(" ", "  "),
        unicodedata.normalize("NFD", NUMBER),
        f"\u200b{NUMBER}",
    ],
)
def test_used_number_is_refused_however_it_is_typed(
    client: Client, ministry: Agency, decision: PublicationDecision, typed: str
) -> None:
    html = new(client, ministry, number=typed)

    assert f"Quyết định {NUMBER} đã có trong danh sách." in html
    assert PublicationDecision.objects.get() == decision


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_impossible_day_is_told_beside_its_field(
    client: Client, ministry: Agency, editor: User, day: str
) -> None:
    html = new(client, ministry, signed_on=day)

    assert "Hãy nhập ngày từ 02/09/1945" in html
    assert not PublicationDecision.objects.exists()


@pytest.mark.parametrize(
    "query",
    [{"trang-thai": "\0"}, {"co-quan": "\0"}, {"trang-thai": "khac"}, {"trang-thai": "draft"}],
)
def test_list_shows_its_decisions_whatever_is_asked(
    client: Client, decision: PublicationDecision, query: dict[str, str]
) -> None:
    response = client.get(PLACE, query)

    assert list(response.context["page"]) == [decision]


def test_key_of_too_many_digits_is_no_procedure(
    client: Client, decision: PublicationDecision
) -> None:
    data = {"procedure": "9" * 30, "effective_from": "2026-03-01", "action": ""}

    html = client.post(f"{PLACE}{decision.pk}/them-nhieu/", data).content.decode()

    assert "Chưa chọn thủ tục nào" in html
