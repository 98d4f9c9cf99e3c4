import pytest
from django.test import RequestFactory

from factories.editors_search import index_names, make_promoted
from search.engines import SearchEngine
from search.interfaces.asked import asked_before, count_asked
from search.models import AskedQuery
from search.selectors import search_procedures
from search.services.asked_queries import write_asked

pytestmark = pytest.mark.django_db
PAGE = "http://testserver/tim-kiem"


def request(address: str, referer: str = "", method: str = "get"):
    return getattr(RequestFactory(), method)(f"/tim-kiem{address}", headers={"referer": referer})


@pytest.fixture
def counted(engine: SearchEngine):
    index_names(engine, p1="Đăng ký kết hôn", p2="Tách hộ")

    def counted(address: str, q: str, **sent: str) -> list[tuple[str, int, int, int]]:
        count_asked(request(address, **sent), search_procedures(q))
        write_asked()
        rows = AskedQuery.objects.order_by("text")
        return list(rows.values_list("text", "asked", "found_nothing", "reformulated"))

    return counted


def test_first_page_of_a_query_is_counted(counted) -> None:
    assert counted("?q=kết+hôn", "kết hôn") == [("kết hôn", 1, 0, 0)]


def test_query_that_finds_nothing_is_counted_so(counted) -> None:
    assert counted("?q=xyzzy", "xyzzy") == [("xyzzy", 1, 1, 0)]


def test_query_sent_from_an_answer_is_counted_there(counted) -> None:
    told = counted("?q=lấy+hôn+thú+kết", "kết hôn lại", referer=f"{PAGE}?q=k%E1%BA%BFt")

    assert told == [("kết", 0, 0, 1), ("kết hôn lại", 1, 0, 0)]


@pytest.mark.parametrize(
    ("address", "method"),
    [("?q=kết+hôn&page=2", "get"), ("?q=kết+hôn&level=commune", "get"), ("?q=kết+hôn", "head")],
)
def test_further_pages_filters_and_probes_are_no_questions(counted, address, method) -> None:
    assert counted(address, "kết hôn", method=method) == []


@pytest.mark.parametrize(
    ("referer", "before"),
    [
        (f"{PAGE}?q=a+b", "a b"),
        (f"{PAGE}?level=commune", ""),
        ("http://testserver/thu-tuc/1.004873?q=a", ""),
        ("https://evil.example/tim-kiem?q=a", ""),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_only_a_page_of_results_tells_what_was_asked_before(referer: str, before: str) -> None:
    assert asked_before(request("?q=x", referer)) == before


def test_search_page_counts_what_was_asked(engine: SearchEngine, client) -> None:
    index_names(engine, p1="Đăng ký kết hôn")
    client.get("/tim-kiem", {"q": "xyzzy 001089012345"})
    client.get("/tim-kiem", {"q": "xyzzy abc"}, headers={"referer": f"{PAGE}?q=xyzzy"})
    client.get("/tim-kiem")
    write_asked()

    rows = AskedQuery.objects.order_by("text").values_list("text", "found_nothing", "reformulated")
    assert list(rows) == [
        ("xyzzy", 0, 1),
        ("xyzzy [identity number]", 1, 0),
        ("xyzzy abc", 1, 0),
    ]


def test_search_page_shows_the_promoted_answer_in_a_box_of_its_own(
    engine: SearchEngine, client
) -> None:
    index_names(engine, p1="Đăng ký kết hôn")
    make_promoted(phrases="kết hôn", message="Xem <b>lịch</b> nghỉ.")

    html = client.get("/tim-kiem", {"q": "ket hon"}).content.decode()
    other = client.get("/tim-kiem", {"q": "đăng ký"}).content.decode()

    assert "Cơ quan gợi ý" in html
    assert "Xem &lt;b&gt;lịch&lt;/b&gt; nghỉ." in html
    assert html.index("Mọi lĩnh vực") < html.index("/thu-tuc/1.000001")
    assert "Cơ quan gợi ý" not in other
