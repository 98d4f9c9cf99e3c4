import gzip
import re
from datetime import date, datetime
from typing import Any

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client

from catalogue import clock
from catalogue.interfaces.page_context import page_context
from factories.catalogue import make_full_document, make_version

pytestmark = pytest.mark.django_db

BEGAN = date(2026, 2, 1)
MOST_BYTES, MOST_REQUESTS = 40_000, 6


@pytest.fixture(autouse=True)
def _today() -> Any:
    with clock.frozen(datetime(2026, 5, 1, 9, tzinfo=clock.LOCAL_TZ)):
        yield


def text_of(client: Client, address: str) -> str:
    return re.sub(r"\s+", " ", client.get(address).content.decode())


def rendered(document: dict[str, Any]) -> str:
    return render_to_string("catalogue/procedure.html", page_context(lambda: document))


def facts_of(document: dict[str, Any]) -> str:
    (facts,) = re.findall(r'<dl class="facts.*?</dl>', rendered(document), re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", facts))


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        (["online", "direct"], "Nộp trực tuyến Được cũng có thể: trực tiếp"),
        (["online"], "Nộp trực tuyến Được Cần mang gì"),
        (["direct", "post"], "Nộp trực tuyến Chưa được trực tiếp, bưu chính công ích"),
        ([], "Nộp trực tuyến Chưa công bố"),
    ],
)
def test_first_fact_says_whether_it_goes_online(kinds: list[str], words: str) -> None:
    document = make_full_document()
    channel = document["channels"][0]
    document["channels"] = [channel | {"key": kind, "kind": kind} for kind in kinds]

    assert words in facts_of(document)


def test_facts_stand_in_the_order_of_the_questions() -> None:
    facts = facts_of(make_full_document())

    names = ["Nộp trực tuyến", "Cần mang gì", "Bao lâu", "Bao nhiêu tiền", "Nộp ở đâu"]
    assert sorted(names, key=facts.index) == names


@pytest.mark.parametrize(
    ("length", "classes"), [(90, ""), (91, "title--long"), (241, "title--very-long")]
)
def test_long_name_is_set_smaller_and_told_whole(length: int, classes: str) -> None:
    name = "Cấp giấy phép ".ljust(length, "x")

    html = rendered(make_full_document(name=name))

    opening = f'<h1 class="{classes}" lang="vi">' if classes else '<h1 lang="vi">'
    assert f"{opening}{name}</h1>" in html
    assert ("Tên đầy đủ" in html) is (length > 240)


def test_business_condition_is_marked() -> None:
    requirements = [
        {"key": "r1", "kind": "business", "text": "Có kho đạt chuẩn."},
        {"key": "r2", "kind": "general", "text": "Đủ 18 tuổi."},
    ]

    html = rendered(make_full_document(requirements=requirements))

    assert html.count("Điều kiện kinh doanh</span>") == 1
    assert html.index("Điều kiện kinh doanh") < html.index("Có kho đạt chuẩn.")


def test_day_is_asked_by_a_small_form(client: Client) -> None:
    version = make_version(begins=BEGAN)

    page = text_of(client, f"/en/thu-tuc/{version.code}?ngay=2026-03-04")

    assert f'method="get" action="/en/thu-tuc/{version.code}"' in page
    assert 'type="date" id="day" name="ngay" value="2026-03-04"' in page
    assert '<meta name="robots" content="noindex">' in page


@pytest.mark.parametrize("given", ["4/3/2026", "04/03/2026", " 2026-03-04 "])
def test_day_is_read_as_people_write_it(client: Client, given: str) -> None:
    version = make_version(begins=BEGAN)

    page = client.get(f"/thu-tuc/{version.code}", {"ngay": given}).content.decode()

    assert "Nội dung áp dụng vào ngày 04/03/2026" in page


@pytest.mark.parametrize("given", ["31/02/2026", "2026/03/04", "1/1/0000"])
def test_day_that_is_none_is_not_found(client: Client, given: str) -> None:
    version = make_version(begins=BEGAN)

    assert client.get(f"/thu-tuc/{version.code}", {"ngay": given}).status_code == 404


def test_qr_code_is_a_picture_that_may_be_repeated(client: Client) -> None:
    version = make_version(begins=BEGAN)

    for language in ("", "/en"):
        response = client.get(f"{language}/thu-tuc/{version.code}/qr.svg")
        assert response["Content-Type"] == "image/svg+xml"
        assert response["Cache-Control"].startswith("public")
        assert response.content.startswith(b'<svg xmlns="http://www.w3.org/2000/svg"')
    assert client.get("/thu-tuc/9.999999/qr.svg").status_code == 404


def test_page_is_shared_by_its_printed_address(client: Client) -> None:
    version = make_version(begins=BEGAN)
    address = f"{settings.PUBLIC_URL}/thu-tuc/{version.code}"

    page = text_of(client, f"/en/thu-tuc/{version.code}")

    assert f'<a href="{address}">{address}</a>' in page
    assert f'data-share="{address}"' in page
    assert f"body={address.replace(':', '%3A').replace('/', '%2F')}" in page
    assert f'src="/thu-tuc/{version.code}/qr.svg"' in page


def long_document() -> dict[str, Any]:
    """Return a document as large as the nation's largest: 120 papers, steps of 20,000 letters."""
    document = make_full_document()
    group = document["document_groups"][0]
    paper = group["documents"][0]
    words = document["name"].split()
    papers = [
        paper | {"key": f"d{n}", "name": f"Giấy tờ số {n}: {' '.join(words[n % 5 :])} {n * 7919}"}
        for n in range(120)
    ]
    steps = [
        {
            "key": f"s{n}",
            "case": None,
            "text": "\n".join(f"- Việc {n}.{m * 31} " + " ".join(words) * 4 for m in range(20)),
        }
        for n in range(6)
    ]
    return document | {"document_groups": [group | {"documents": papers}], "steps": steps}


def test_page_of_the_largest_document_is_light(client: Client) -> None:
    version = make_version(begins=BEGAN, **long_document())

    response = client.get(f"/thu-tuc/{version.code}", headers={"accept-encoding": "gzip"})

    assert len(response.content) <= MOST_BYTES
    assert len(gzip.decompress(response.content)) > MOST_BYTES


def test_page_needs_few_requests(client: Client) -> None:
    version = make_version(begins=BEGAN)

    page = client.get(f"/thu-tuc/{version.code}").content.decode()

    files = {
        address.split("#")[0]
        for address in re.findall(r'<(?:link|script|img|use)\b[^>]*?(?:href|src)="([^"]+)"', page)
        if "canonical" not in address
    }
    assert 1 + len(files) <= MOST_REQUESTS, files
