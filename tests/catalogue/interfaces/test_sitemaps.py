import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date, datetime

import pytest
from django.core.cache import caches
from django.test import Client

from catalogue import clock
from catalogue.interfaces.sitemaps import SITEMAPS, TranslatedSitemap
from factories.catalogue import make_ministry, make_version

pytestmark = pytest.mark.django_db

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    caches["local"].clear()
    with clock.frozen(datetime(2026, 5, 1, 9, tzinfo=clock.LOCAL_TZ)):
        yield


def map_at(client: Client, address: str) -> ET.Element:
    response = client.get(address)
    assert response.status_code == 200
    return ET.fromstring(response.content)


def test_index_names_every_section(client: Client) -> None:
    index = map_at(client, "/sitemap.xml")

    places = [place.text for place in index.iter(f"{MAP}loc")]
    assert places == [f"http://testserver/sitemap-{section}.xml" for section in SITEMAPS]


@pytest.mark.parametrize("section", SITEMAPS)
def test_every_address_of_a_section_is_there(client: Client, section: str) -> None:
    make_version(make_ministry(), begins=date(2026, 2, 1))

    addresses = [
        place.text or "" for place in map_at(client, f"/sitemap-{section}.xml").iter(f"{MAP}loc")
    ]

    assert addresses
    for address in addresses:
        assert client.get(address.removeprefix("http://testserver")).status_code == 200


def test_procedure_is_told_in_both_languages_with_its_day(client: Client) -> None:
    version = make_version(begins=date(2026, 2, 1))
    make_version(begins=date(2026, 9, 1))

    urls = list(map_at(client, "/sitemap-thu-tuc.xml").iter(f"{MAP}url"))

    assert [url.findtext(f"{MAP}loc") for url in urls] == [
        f"http://testserver/thu-tuc/{version.code}",
        f"http://testserver/en/thu-tuc/{version.code}",
    ]
    for url in urls:
        assert url.findtext(f"{MAP}lastmod") == "2026-02-01"
        assert [link.get("hreflang") for link in url.iter(LINK)] == ["vi", "en"]


def test_long_section_is_cut_into_pages(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TranslatedSitemap, "limit", 2)
    for _ in range(2):
        make_version(begins=date(2026, 2, 1))

    assert b"sitemap-thu-tuc.xml?p=2" in client.get("/sitemap.xml").content
    assert len(list(map_at(client, "/sitemap-thu-tuc.xml?p=2").iter(f"{MAP}url"))) == 2


@pytest.mark.parametrize(
    "address", ["sitemap-nao.xml", "sitemap-thu-tuc.xml?p=99", "sitemap-thu-tuc.xml?p=x"]
)
def test_q3_unknown_part_is_not_found(client: Client, address: str) -> None:
    assert client.get(f"/{address}").status_code == 404


def test_robots_are_led_to_the_sitemap_and_past_private_places(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in lines
    assert {"Disallow: /ho-so", "Disallow: /en/ho-so"} <= set(lines)
