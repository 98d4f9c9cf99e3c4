import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date, datetime

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalogue import clock
from catalogue.enums import DecisionAction, Role
from factories.catalogue import make_decision, make_member, make_ministry, make_version

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

ATOM = "{http://www.w3.org/2005/Atom}"
BEGINS = date(2026, 2, 1)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    caches["local"].clear()
    with clock.frozen(datetime(2026, 5, 1, 9, tzinfo=clock.LOCAL_TZ)):
        yield


def feed_at(client: Client, address: str) -> ET.Element:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content)


def texts(feed: ET.Element, part: str) -> list[str | None]:
    return [entry.findtext(f"{ATOM}{part}") for entry in feed.iter(f"{ATOM}entry")]


def test_feed_is_atom_with_all_that_it_must_have(client: Client) -> None:
    make_version(begins=BEGINS)
    make_version(begins=BEGINS)

    feed = feed_at(client, "/thay-doi.atom")

    assert feed.tag == f"{ATOM}feed"
    ids = texts(feed, "id")
    assert len(ids) == len(set(ids)) == 2
    assert ids[0] == "tag:127.0.0.1,2018:changes/2"
    for element in (feed, *feed.iter(f"{ATOM}entry")):
        assert element.findtext(f"{ATOM}id")
        assert element.findtext(f"{ATOM}title")
        assert element.find(f"{ATOM}link") is not None
        assert element.find(f"{ATOM}author/{ATOM}name") is not None
        updated = element.findtext(f"{ATOM}updated") or ""
        assert datetime.fromisoformat(updated).tzinfo is not None
    own = [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert own == ["http://127.0.0.1:8000/thay-doi.atom"]


def test_empty_feed_is_a_feed(client: Client) -> None:
    feed = feed_at(client, "/thay-doi.atom")

    assert texts(feed, "id") == []
    assert feed.findtext(f"{ATOM}updated")


def test_entry_says_what_was_done_and_from_when(client: Client) -> None:
    ministry = make_ministry()
    version = make_version(ministry, name="Đăng ký kết hôn", begins=BEGINS)
    make_decision(
        (version.procedure, DecisionAction.ABOLISH, date(2026, 6, 1)),
        agency=ministry,
        editor=make_member(Role.MINISTRY_EDITOR, ministry),
        approver=make_member(Role.MINISTRY_APPROVER, ministry),
        number="9/QĐ-BTP",
    )

    feed = feed_at(client, "/en/thay-doi.atom")

    abolished = f"Abolish: Đăng ký kết hôn ({version.code})"
    assert texts(feed, "title")[0] == abolished
    assert texts(feed, "summary")[0] == (
        "In force until 01/06/2026. Decision 9/QĐ-BTP of Bộ Tư pháp."
    )


def test_entry_of_an_amendment_leads_to_the_comparison(client: Client) -> None:
    ministry = make_ministry()
    editor = make_member(Role.MINISTRY_EDITOR, ministry)
    version = make_version(ministry, begins=BEGINS)
    page = version.procedure
    page.name = "Tên mới"
    page.save_revision(user=editor, clean=False)
    make_decision(
        (page, DecisionAction.AMEND, date(2026, 6, 1)),
        agency=ministry,
        editor=editor,
        approver=make_member(Role.MINISTRY_APPROVER, ministry),
    )

    feed = feed_at(client, "/thay-doi.atom")

    links = [entry.find(f"{ATOM}link") for entry in feed.iter(f"{ATOM}entry")]
    address = links[0].get("href", "") if links[0] is not None else ""
    assert address == f"http://127.0.0.1:8000/thu-tuc/{version.code}/so-sanh?tu=1&den=2"
    assert client.get(address.removeprefix("http://127.0.0.1:8000")).status_code == 200


@pytest.mark.parametrize("narrowed", ["agency=G15", "field={field}"])
def test_feed_is_narrowed(client: Client, narrowed: str) -> None:
    version = make_version(make_ministry(), begins=BEGINS)
    make_version(field={"code": None, "name": "Thuế"}, begins=BEGINS)

    feed = feed_at(client, f"/thay-doi.atom?{narrowed.format(field=version.field_id)}")

    assert [version.code in (title or "") for title in texts(feed, "title")] == [True]


@pytest.mark.parametrize("narrowed", ["agency=KHONG", "agency=%00", "field=%00", "field=99999"])
def test_q3_feed_of_an_unknown_place_is_not_found(client: Client, narrowed: str) -> None:
    assert client.get(f"/thay-doi.atom?{narrowed}").status_code == 404


def test_feed_known_already_is_not_sent_again(client: Client) -> None:
    make_version(begins=BEGINS)
    first = client.get("/thay-doi.atom")

    again = client.get("/thay-doi.atom", headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again["ETag"]) == (304, first["ETag"])


def test_feed_is_never_unchanged_by_its_date(client: Client) -> None:
    make_version(begins=BEGINS)

    response = client.get(
        "/thay-doi.atom", headers={"if-modified-since": "Fri, 31 Dec 2999 23:59:59 GMT"}
    )

    assert response.status_code == 200
    assert "Last-Modified" not in response.headers


def test_feed_asks_the_database_as_often_for_one_as_for_three(client: Client) -> None:
    numbers = []
    for more in (1, 2):
        for _ in range(more):
            make_version(begins=BEGINS)
        with CaptureQueriesContext(connection) as queries:
            feed_at(client, "/thay-doi.atom")
        numbers.append(len(queries))

    assert numbers[0] == numbers[1]
