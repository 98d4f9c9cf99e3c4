import re
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalogue import clock
from catalogue.enums import DecisionAction, Role
from catalogue.interfaces.page_context import page_context
from catalogue.models import ProcedureVersion
from factories.catalogue import make_decision, make_full_document, make_member, make_version

pytestmark = pytest.mark.django_db

TODAY = date(2026, 5, 1)
BEGAN, ENDS = date(2026, 2, 1), date(2026, 8, 1)


@pytest.fixture(autouse=True)
def _today() -> Any:
    with clock.frozen(datetime(2026, 5, 1, 9, tzinfo=clock.LOCAL_TZ)):
        yield


def amended(action: DecisionAction = DecisionAction.AMEND) -> ProcedureVersion:
    version = make_version(begins=BEGAN)
    agency = version.decision_item.decision.agency
    make_decision(
        (version.procedure, action, ENDS),
        agency=agency,
        editor=make_member(Role.MINISTRY_EDITOR, agency),
        approver=make_member(Role.MINISTRY_APPROVER, agency),
    )
    return version


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def test_page_says_what_to_bring_how_long_how_much_and_where(client: Client) -> None:
    version = make_version(begins=BEGAN)

    page = text_of(client, f"/thu-tuc/{version.code}")

    for words in (
        version.document["name"],
        "Cần mang gì",
        "Bao lâu",
        "Bao nhiêu tiền",
        "Nộp ở đâu",
        "Chuẩn bị và nộp hồ sơ",
        "3 ngày làm việc",
        "20.000 ₫",
        "Do HĐND tỉnh quy định",
        "Chưa công bố",
        "Miễn phí",
        "Trong ngày",
        "2.000 đồng mỗi trang",
        "Trường hợp thuê vườn",
        "Đơn đăng ký nuôi ong",
        "63/2010/NĐ-CP",
    ):
        assert words in page


def test_page_in_english_marks_only_the_document_as_vietnamese(client: Client) -> None:
    version = make_version()

    page = client.get(f"/en/thu-tuc/{version.code}").content.decode()

    assert f'<h1 lang="vi">{version.document["name"]}</h1>' in page
    assert "<h2>How to hand it in</h2>" in page
    assert '<article class="stack stack--loose">' in page


def test_page_in_english_keeps_the_text_of_the_document(client: Client) -> None:
    version = make_version(begins=BEGAN)

    page = text_of(client, f"/en/thu-tuc/{version.code}")

    assert "What to bring" in page
    assert "3 working days" in page


def test_page_before_the_first_day_tells_when_it_begins(client: Client) -> None:
    version = make_version(begins=date(2026, 7, 1))

    page = text_of(client, f"/thu-tuc/{version.code}")

    assert "Có hiệu lực từ 01/07/2026" in page
    assert "/nop" not in page


def test_page_with_a_coming_version_announces_it(client: Client) -> None:
    version = amended()

    page = text_of(client, f"/thu-tuc/{version.code}")

    assert "Phiên bản mới áp dụng từ 01/08/2026" in page
    assert f"/thu-tuc/{version.code}/nop" in page


def test_page_of_another_day_says_so_and_offers_no_form(client: Client) -> None:
    version = amended()

    page = text_of(client, f"/thu-tuc/{version.code}?ngay=2026-09-01")

    assert "Nội dung áp dụng vào ngày 01/09/2026" in page
    assert "Phiên bản 2" in page
    assert "/nop" not in page


def test_page_of_an_abolished_procedure_stays_with_a_notice(client: Client) -> None:
    version = amended(DecisionAction.ABOLISH)

    page = text_of(client, f"/thu-tuc/{version.code}?ngay=2026-08-01")

    assert "Hết hiệu lực từ 01/08/2026" in page
    assert version.document["name"] in page


@pytest.mark.parametrize(
    "address",
    [
        "?ngay=hom-nay",
        "?ngay=20260101",
        "?ngay=2026-02-30",
        "?ngay=2026-W01-1",
        "?ngay=٢٠٢٦-٠١-٠١",
        "?ngay=0000-01-01",
    ],
)
def test_page_with_a_day_that_is_none_is_not_found(client: Client, address: str) -> None:
    version = make_version(begins=BEGAN)

    assert client.get(f"/thu-tuc/{version.code}{address}").status_code == 404


@pytest.mark.parametrize(
    "code", ["1.999999", "%00", "1.0%00", "a b", "x" * 5000, "'--", "%F0%9F%90%9D"]
)
def test_d4_page_of_an_unknown_code_is_not_found_and_tells_nothing(
    client: Client, code: str
) -> None:
    response = client.get(f"/thu-tuc/{code}")

    assert response.status_code == 404
    assert "Traceback" not in response.content.decode()


HOSTILE = "<script>alert(1)</script>{{7*7}}{% debug %}${7*7}<img src=x onerror=alert(1)>"
PRINTED = (
    "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}{% debug %}${7*7}"
    "&lt;img src=x onerror=alert(1)&gt;"
)


def hostile(value: Any) -> Any:
    kept = {"key", "kind", "state", "unit", "code", "number", "issued_on", "levels", "audiences"}
    if isinstance(value, dict):
        return {k: part if k in kept else hostile(part) for k, part in value.items()}
    if isinstance(value, list):
        return [hostile(part) for part in value]
    return HOSTILE if isinstance(value, str) and value else value


def test_f12_hostile_text_is_printed_literally(client: Client) -> None:
    parts = ("name", "applicants", "receiving_places", "steps", "channels", "document_groups")
    more = ("requirements", "results", "legal_bases", "keywords")
    document = make_full_document()
    changes = {name: hostile(document[name]) for name in (*parts, *more)}
    version = make_version(begins=BEGAN, **changes)

    page = text_of(client, f"/thu-tuc/{version.code}")

    assert page.count(PRINTED) > 20
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_page_asks_the_database_a_bounded_number_of_times(client: Client) -> None:
    small = make_version(begins=BEGAN)
    papers = make_full_document()["document_groups"][0]["documents"]
    many = [papers[0] | {"key": f"d{n}"} for n in range(100)]
    group = make_full_document()["document_groups"][0] | {"documents": many}
    large = make_version(begins=BEGAN, document_groups=[group])

    counted = []
    for version in (small, large):
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/thu-tuc/{version.code}")
        counted.append(len(queries))

    assert counted[0] == counted[1]
    assert counted[0] <= 8


def test_page_made_anew_reads_no_document(client: Client) -> None:
    version = make_version(begins=BEGAN)
    address = f"/thu-tuc/{version.code}"
    first = client.get(f"{address}?x=1").content

    with CaptureQueriesContext(connection) as queries:
        again = client.get(f"{address}?x=1").content

    assert again == first
    assert len(queries) == 1
    assert '"document"' not in queries[0]["sql"]


def notes(number: int, length: int = 20) -> list[dict[str, Any]]:
    return [
        {
            "key": f"n{place}",
            "name": f"Ghi chú {place} ".ljust(length, "x"),
            "note": True,
            "originals": 0,
            "copies": 0,
            "form": None,
            "text": "",
        }
        for place in range(number)
    ]


@pytest.mark.parametrize(
    ("kind", "given", "summary"),
    [
        ("always", notes(3), None),
        ("always", notes(4), "<summary>4 lưu ý về các giấy tờ này</summary>"),
        ("always", notes(1, 301), "<summary>1 lưu ý về các giấy tờ này</summary>"),
        ("note", notes(4), "<summary>Lưu ý</summary>"),
    ],
)
def test_many_or_long_notes_are_folded(
    client: Client, kind: str, given: list[dict[str, Any]], summary: str | None
) -> None:
    group = {"key": "g1", "kind": kind, "kind_rule": "", "title": None, "documents": given}
    version = make_version(begins=BEGAN, document_groups=[group])

    page = text_of(client, f"/thu-tuc/{version.code}")

    (dossier,) = re.findall(r'<section class="stack" id="dossier">.*?</section>', page)
    assert re.findall("<summary>.*?</summary>", dossier) == ([summary] if summary else [])
    assert all(note["name"] in dossier for note in given)


def test_lines_of_a_step_are_paragraphs_and_lists(client: Client) -> None:
    steps = [{"key": "s1", "case": None, "text": "Bước một <b>.\n- Nộp đơn.\n\n- Nhận giấy."}]
    version = make_version(begins=BEGAN, steps=steps)

    page = text_of(client, f"/thu-tuc/{version.code}")

    html = "<p>Bước một &lt;b&gt;.</p><ul><li>Nộp đơn.</li><li>Nhận giấy.</li></ul>"
    assert f'<div class="prose" lang="vi">{html}</div>' in page


def test_each_agency_stands_on_a_line_of_its_own(client: Client) -> None:
    version = make_version(begins=BEGAN)
    agencies = version.document["agencies"] | {"implementing": ["Sở Một", "Sở Hai"]}
    html = render_to_string(
        "catalogue/procedure.html", page_context(lambda: version.document | {"agencies": agencies})
    )

    assert '<dd lang="vi">Sở Một<br>Sở Hai</dd>' in html


def test_text_of_a_time_limit_is_not_repeated(client: Client) -> None:
    version = make_version(begins=BEGAN)
    document = version.document
    document["channels"][0]["time_limits"][0] |= {"value": 1, "unit": None, "text": "1"}
    context = page_context(lambda: document)

    assert context["channels"]()[0]["limits"][0]["text"] == ""


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        (["always"], "1 giấy tờ"),
        (["always", "alternative"], "và giấy tờ của trường hợp của bạn"),
        (["alternative"], "Tùy trường hợp của bạn"),
        ([], "Xem bên dưới"),
    ],
)
def test_page_never_says_that_no_paper_is_needed(
    client: Client, kinds: list[str], words: str
) -> None:
    groups = [
        {
            "key": kind,
            "kind": kind,
            "kind_rule": "",
            "title": kind,
            "documents": [notes(1)[0] | {"key": f"paper_{kind}", "note": False, "originals": 1}],
        }
        for kind in kinds
    ]
    version = make_version(begins=BEGAN, document_groups=groups)

    page = text_of(client, f"/thu-tuc/{version.code}")

    assert words in page
    assert "0 giấy tờ" not in page


def test_note_on_a_channel_stands_beside_its_first_time(client: Client) -> None:
    channels = make_full_document()["channels"]
    channels[0]["text"] = "01 ngày đối với đám tang"
    version = make_version(channels=channels)

    page = text_of(client, f"/thu-tuc/{version.code}")

    assert page.count("01 ngày đối với đám tang") == 1
