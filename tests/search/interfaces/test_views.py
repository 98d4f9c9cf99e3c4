import pytest
from django.utils import translation
from django.utils.html import escape

from catalogue.enums import Level
from factories.search import make_document, make_group
from search.documents import build_search_document
from search.engines import Operation
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

    assert "<h1>2 thủ tục cho “ket hon”" in html


def test_hit_shows_code_level_agency_and_facts(find):
    html = find()

    assert 'href="/thu-tuc/1.000000"' in html
    assert "<mark>kết hôn</mark>" in html
    with translation.override("vi"):
        level = str(Level.COMMUNE.label)
    for fact in ("1.000000", "Bộ Tư pháp", "Hộ tịch", level):
        assert fact in html


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

    assert "<h1>0 thủ tục cho “xyzzy”" in html
    assert "Không tìm thấy thủ tục nào" in html


def test_facet_links_keep_the_words_and_drop_the_page(find):
    html = find(["Đăng ký kết hôn"] * 12, address="?q=ket+hon&page=2&level=commune")

    assert 'href="?q=ket+hon"' in html


def test_pages_are_linked(find):
    html = find(["Đăng ký kết hôn"] * 12)

    assert "?q=ket+hon&amp;page=2" in html


def test_english_page_speaks_english(find, client):
    find()

    html = client.get("/en/tim-kiem?q=ket+hon").content.decode()

    assert "<h1>1 procedure for “ket hon”" in html
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
    html = find(["Đăng ký kết hôn"] * 12, address="?q=ket+hon&page=77")

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


def test_missing_index_says_so(search_dir, client):
    response = client.get("/tim-kiem?q=ket+hon")

    assert response.status_code == 503
    assert "Đang chuẩn bị" in response.content.decode()


def test_page_is_not_posted_to(client):
    assert client.post("/tim-kiem").status_code == 405


def test_page_asks_the_database_nothing(find, django_assert_num_queries, client):
    find()

    with django_assert_num_queries(0):
        client.get("/tim-kiem?q=ket+hon")
