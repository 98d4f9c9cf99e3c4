import re

import pytest
from django.test import Client

from catalogue.enums import Role
from factories.catalogue import make_member, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff_client(client: Client) -> Client:
    client.force_login(make_member(Role.COUNTER_OFFICER))
    return client


def test_style_page_sends_strangers_to_log_in(client: Client) -> None:
    response = client.get("/kieu-dang")

    assert response.status_code == 302
    assert response["Location"].endswith("?next=/kieu-dang")


def test_style_page_is_closed_to_citizens(client: Client) -> None:
    client.force_login(make_user())

    response = client.get("/kieu-dang")

    assert response.status_code == 403


def test_style_page_shows_every_kind_of_control(staff_client: Client) -> None:
    html = staff_client.get("/kieu-dang").content.decode()

    kinds = set(re.findall(r'<input class="[^"]*" type="(\w+)"|type="(\w+)"', html))
    assert {kind for pair in kinds for kind in pair if kind} >= {
        "text",
        "radio",
        "checkbox",
        "file",
        "search",
        "submit",
    }
    assert "<select" in html
    assert "<textarea" in html


def test_style_page_uses_every_id_once(staff_client: Client) -> None:
    html = staff_client.get("/kieu-dang").content.decode()

    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))


def test_style_page_describes_fields_by_ids_that_exist(staff_client: Client) -> None:
    html = staff_client.get("/kieu-dang").content.decode()

    described = " ".join(re.findall(r'aria-describedby="([^"]+)"', html)).split()
    ids = set(re.findall(r'\sid="([^"]+)"', html))
    assert set(described) - ids == set()


def test_style_page_offers_english(staff_client: Client) -> None:
    html = staff_client.get("/kieu-dang").content.decode()

    assert 'href="/en/kieu-dang" hreflang="en"' in html
