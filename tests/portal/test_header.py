import pytest
from django.core.cache import caches
from django.test import Client

from factories.catalogue import make_user

pytestmark = pytest.mark.django_db

PAGE = "/tro-giup/tiep-can"


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    caches["local"].clear()


def page_for(client: Client, address: str = PAGE) -> str:
    return client.get(address).content.decode()


@pytest.mark.parametrize("stranger_first", [True, False])
def test_d6_kept_header_names_nobody(stranger_first: bool) -> None:
    stranger, lan, mai = Client(), Client(), Client()
    lan.force_login(make_user(full_name="Lan Thị Nhớ"))
    mai.force_login(make_user(full_name="Mai Thị Quên"))
    readers = {"": stranger, "Lan Thị Nhớ": lan, "Mai Thị Quên": mai}

    for name in sorted(readers, reverse=not stranger_first) * 2:
        page = page_for(readers[name])
        assert [other for other in readers if other and other in page] == ([name] * bool(name))
        assert ("Đăng nhập" in page) is (not name)


def test_kept_header_is_in_the_language_of_the_page(client: Client) -> None:
    pages = [page_for(client, address) for address in (f"/en{PAGE}", PAGE) * 2]

    assert ["Track a dossier" in page for page in pages] == [True, False] * 2
    assert ['action="/en/tim-kiem"' in page for page in pages] == [True, False] * 2


def test_kept_header_still_leads_to_the_page_in_the_other_language(client: Client) -> None:
    page_for(client)

    assert 'href="/en/tro-giup/rieng-tu?a=b" hreflang="en"' in page_for(
        client, "/tro-giup/rieng-tu?a=b"
    )


def test_kept_search_field_holds_nothing_that_was_typed(client: Client) -> None:
    pages = [page_for(client, address) for address in (PAGE, "/tim-kiem?q=nuôi ong", PAGE)]

    assert ['value="nuôi ong"' in page for page in pages] == [False, True, False]
