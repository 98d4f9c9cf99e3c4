import logging
import re

import pytest
from django.utils import translation
from django.utils.html import escape

from catalogue.enums import Level
from factories.catalogue import make_agency, make_ministry
from factories.search import make_document, make_group
from search.documents import build_search_document
from search.engines import Operation
from search.interfaces.limits import SEARCHES
from search.interfaces.views import results

pytestmark = pytest.mark.django_db


@pytest.fixture
def find(engine, client):
    """Index procedures by name, and return the text of a search page."""

    def find(names=("Đăng ký kết hôn",), address="?q=ket+hon", status=200, **changes):
        engine.apply(
            [
                Operation(code, 1, build_search_document(document, sha256=code))
                for number, name in enumerate(names)
                if (document := make_document(code := f"1.{number:06}", name, **changes))
            ]
        )
        response = client.get(f"/tim-kiem{address}")
        assert response.status_code == status
        return response.content.decode()

    return find


def test_page_is_public():
    assert results.access_rule == "public"


def test_first_line_tells_how_many(find):
    html = find(["Đăng ký kết hôn", "Đăng ký lại kết hôn", "Tách hộ"])

    assert '<h1 class="title--long">2 thủ tục cho “ket hon”' in html


def test_hit_shows_code_level_agency_and_facts(find):
    html = find()

    assert 'href="/thu-tuc/1.000000"' in html
    assert "<mark>kết hôn</mark>" in html
    with translation.override("vi"):
        level = str(Level.COMMUNE.label)
    for fact in ("1.000000", "Bộ Tư pháp", level):
        assert fact in html


def test_hit_answers_time_fee_place_and_way(find):
    html = re.sub(r"<[^>]+>", "|", find())

    for question, answer in {
        "Thời hạn": "3 ngày làm việc",
        "Phí, lệ phí": "Miễn phí",
        "Nộp ở đâu": "Ủy ban nhân dân cấp xã",
        "Cách nộp": "Trực tiếp",
    }.items():
        assert f"|{question}||{answer}|" in html


def test_page_has_one_search_box(find):
    for address in ("", "?q=ket+hon"):
        assert find(address=address).count('name="q"') == 1


def test_empty_query_offers_the_fields(find):
    html = find(address="")

    assert "<h1>Bạn cần làm việc gì?</h1>" in html
    assert "?field=H%E1%BB%99+t%E1%BB%8Bch" in html
    assert '<li class="card' not in html


def test_nothing_found_tells_what_to_do(find):
    html = find(address="?q=xyzzy")

    assert '<h1 class="title--long">0 thủ tục cho “xyzzy”' in html
    assert "Không tìm thấy thủ tục nào" in html


def test_family_is_one_answer_with_its_levels(engine, client):
    levels = {"1.000001": "ministry", "1.000002": "commune", "1.000003": "province"}
    documents = [make_document(code, "Tách hộ", levels=[level]) for code, level in levels.items()]
    engine.apply([Operation(d["code"], 1, build_search_document(d, sha256="x")) for d in documents])

    html = client.get("/tim-kiem?q=tach+ho").content.decode()

    assert html.count('<li class="card') == 1
    assert '<a href="/thu-tuc/1.000002" lang="vi">' in html
    assert 'href="/thu-tuc/1.000003" aria-label="Cấp tỉnh: Tách hộ">Cấp tỉnh</a>' in html
    assert 'href="/thu-tuc/1.000001" aria-label="Cấp bộ: Tách hộ">Cấp bộ</a>' in html


def test_nothing_found_offers_ways_on(find, settings):
    settings.SUPPORT_PHONE = "1022"

    html = find(address="?q=xyzzy")

    for address in ("/linh-vuc", "/co-quan", "/tim-kiem?audience=person", "tel:1022"):
        assert f'href="{address}"' in html
    assert 'action="/tim-kiem/khong-thay"' in html
    assert 'value="xyzzy"' in html


def test_nothing_found_in_a_selection_offers_to_search_without(find):
    html = find(address="?q=ket+hon&level=province")

    assert 'href="/tim-kiem?q=ket%20hon"' in html
    assert "Tìm không lọc" in html


def test_name_of_an_agency_leads_to_it(find):
    make_ministry()

    html = find(address="?q=bo+tu+phap")

    assert 'href="/co-quan/G15"' in html


def test_name_of_a_place_names_what_is_above_it(find):
    above = make_agency("H18", name="Uỷ ban nhân dân tỉnh Điện Biên", **COMMITTEE)
    for code in ("H18.X1", "H18.X2"):
        make_agency(code, name="Uỷ ban nhân dân xã Tân Thành", parent=above, **COMMITTEE)

    html = find(address="?q=Tân+Thành")

    assert [f'href="/co-quan/{code}"' in html for code in ("H18.X1", "H18.X2")] == [True, True]
    assert html.count("Uỷ ban nhân dân tỉnh Điện Biên") == 2


COMMITTEE = {"kind": "peoples_committee", "level": "commune"}


@pytest.mark.parametrize("selected", ["level=commune", "page=2"])
def test_names_are_told_on_the_first_page_only(find, selected):
    make_ministry()

    html = find(["Bộ Tư pháp"] * 12, address=f"?q=bo+tu+phap&{selected}")

    assert "/co-quan/G15" not in html


def test_answer_can_be_put_in_another_order(find):
    html = find(["Tách hộ", "Đăng ký kết hôn"], address="?sort=name&level=commune")

    assert html.index("/thu-tuc/1.000001") < html.index("/thu-tuc/1.000000")
    assert 'aria-current="true">Theo tên' in html
    assert "?level=commune&amp;sort=newest" in html


def test_fee_and_province_narrow_an_answer(find):
    make_agency("H18", name="Uỷ ban nhân dân tỉnh Điện Biên", **COMMITTEE)
    province = {"publishing": {"code": "H18", "name": "UBND tỉnh Điện Biên"}}

    html = find(address="?q=ket+hon&fee=free&province=H18", agencies=AGENCIES | province)

    assert "Tỉnh Điện Biên" in html
    assert "1 thủ tục" in html


AGENCIES = {"implementing": [], "competent": [], "delegated": [], "coordinating": []}


def test_addresses_are_written_in_one_order(find):
    html = find(
        ["Đăng ký kết hôn"] * 12,
        address="?page=1&sort=name&level=commune&secret=1&field=H%E1%BB%99+t%E1%BB%8Bch&q=ket+hon",
    )

    known = "?q=ket+hon&amp;field=H%E1%BB%99+t%E1%BB%8Bch&amp;level=commune&amp;sort=name"
    assert f'href="{known}&amp;page=2"' in html
    assert f"{known.removesuffix('&amp;sort=name')}&amp;sort=newest" in html
    # The other language keeps the address as it came.
    assert html.count("secret") == 1


@pytest.mark.parametrize("address", ["/tim-kiem?q=ket+hon", "/en/tim-kiem?q=ket+hon"])
def test_box_tells_where_suggestions_come_from(find, client, address):
    find()

    html = client.get(address).content.decode()

    assert 'data-from="/api/v1/suggestions"' in html
    assert f'data-root="{"/en" if address.startswith("/en") else ""}"' in html


def test_q5_who_searches_too_often_is_told_and_keeps_the_words(find, client, monkeypatch):
    find()
    monkeypatch.setattr(SEARCHES, "admits", lambda _address: False)

    response = client.get("/tim-kiem?q=ket+hon&secret=1")

    assert response.status_code == 429
    assert response["Retry-After"] == "60"
    assert 'href="?q=ket+hon"' in response.content.decode()


def test_q8_nothing_typed_is_logged(find, caplog, capsys):
    caplog.set_level(logging.DEBUG)

    find(address="?q=can+cuoc+001099012345+0912345678")

    assert "001099012345" not in caplog.text + "".join(capsys.readouterr())


def test_facet_links_keep_the_words_and_drop_the_page(find):
    html = find(["Đăng ký kết hôn"] * 12, address="?q=ket+hon&page=2&level=commune")

    assert 'href="?q=ket+hon"' in html


def test_pages_are_linked(find):
    html = find(["Đăng ký kết hôn"] * 12)

    assert "?q=ket+hon&amp;page=2" in html


def test_english_page_speaks_english(find, client):
    find()

    html = client.get("/en/tim-kiem?q=ket+hon").content.decode()

    assert '<h1 class="title--long">1 procedure for “ket hon”' in html
    assert "3 working days" in html


@pytest.mark.parametrize(
    "q", ['"', "(((", "field:secret OR *", '{"query": {}}', "\\", "/.*/", "\x00"]
)
def test_q1_syntax_is_words(find, q):
    find(address=f"?q={q.replace('&', '')}")


def test_q2_long_query_is_cut(find):
    html = find(address="?q=" + "ket+hon+" * 1000)

    assert len(html) < 100_000


@pytest.mark.parametrize(
    "address",
    [
        "page=-1",
        "page=0",
        "page=1001",
        "page=x",
        "page=" + "9" * 400,
        "page=²",
        "size=1000000000",
        "sort=_script",
        "page=1&page=2",
    ],
)
def test_q3_odd_pages_are_answered_with_a_page(find, address):
    html = find(address=f"?q=ket+hon&{address}")

    assert "<mark>kết hôn</mark>" in html


def test_q3_page_behind_the_last_shows_the_last(find):
    names = [f"Đăng ký kết hôn tại nơi {number}" for number in range(12)]

    html = find(names, address="?q=ket+hon&page=77")

    assert html.count('<li class="card') == 2


@pytest.mark.parametrize(
    "facet", ["level=nowhere", "agency=%27+OR+1", "level=" + "x" * 5000, "secret=1"]
)
def test_q3_unknown_facets_do_no_harm(find, facet):
    find(address=f"?q=ket+hon&{facet}")


HTML = '<script>alert(1)</script><b onclick="x">kết hôn</b>'


def test_q7_stored_html_is_escaped(find):
    html = find(
        [HTML], document_groups=[make_group(HTML, title=HTML)], field={"code": None, "name": HTML}
    )

    assert "<script>alert" not in html
    assert "<b onclick" not in html
    assert escape("<script>alert(1)</script>") in html


def test_q7_html_in_the_query_is_escaped(find):
    html = find(address="?q=<script>alert(1)</script>")

    assert "<script>alert" not in html


@pytest.mark.parametrize("broken", ["{", '{"folder": "gone"}', "[]"])
def test_missing_or_broken_index_says_so_and_keeps_the_words(search_dir, client, broken):
    search_dir.mkdir()
    (search_dir / "current.json").write_text(broken)

    response = client.get("/tim-kiem?q=ket+hon&level=commune")

    html = response.content.decode()
    assert response.status_code == 503
    assert response["Retry-After"] == "10"
    assert "Đang chuẩn bị" in html
    assert 'href="?q=ket+hon&amp;level=commune"' in html
    assert 'href="/linh-vuc"' in html


def test_page_is_not_posted_to(client):
    assert client.post("/tim-kiem").status_code == 405


def test_page_asks_the_database_nothing(find, django_assert_num_queries, client):
    find()

    with django_assert_num_queries(0):
        client.get("/tim-kiem?q=ket+hon")
