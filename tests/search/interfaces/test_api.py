import pytest
from ninja import NinjaAPI
from ninja.testing import TestClient

from factories.catalogue import make_ministry
from factories.lexicon import make_lexicon
from factories.search import make_document
from search.documents import FACETS, build_search_document
from search.engines import Operation
from search.interfaces.api import router
from search.interfaces.limits import SEARCHES, SUGGESTIONS
from search.lexicon import use_lexicon

api = TestClient(router)


@pytest.fixture
def filled(engine):
    documents = [
        make_document("1.000894", "Thủ tục đăng ký kết hôn", levels=["ministry", "commune"]),
        make_document("1.010038", "Tách hộ"),
    ]
    engine.apply([Operation(d["code"], 1, build_search_document(d, sha256="x")) for d in documents])


def test_answer_has_the_published_shape(filled):
    with use_lexicon(make_lexicon()):
        response = api.get("/search?q=dang ky ket hon")

    assert response.status_code == 200
    assert response.json() == {
        "total": 1,
        "items": [
            {
                "code": "1.000894",
                "name": "Thủ tục đăng ký kết hôn",
                "family": "dang ky ket hon",
                "level": "commune",
                "levels": ["ministry", "commune"],
                "agency": "Bộ Tư pháp",
                "field": "Hộ tịch",
                "channels": ["direct"],
                "online_level": "2",
            }
        ],
        "facets": {
            "field": [{"value": "Hộ tịch", "count": 1}],
            "agency": [{"value": "Bộ Tư pháp", "count": 1}],
            "level": [{"value": "commune", "count": 1}, {"value": "ministry", "count": 1}],
            "audience": [{"value": "person", "count": 1}],
            "online": [{"value": "2", "count": 1}],
            "fee": [{"value": "free", "count": 1}],
            "channel": [{"value": "direct", "count": 1}],
            "province": [],
        },
        "did_you_mean": "đăng ký kết hôn",
    }


def test_answer_is_narrowed_by_repeated_values(filled):
    one = api.get("/search?level=ministry").json()
    both = api.get("/search?level=ministry&level=commune").json()

    assert (one["total"], both["total"]) == (1, 2)


def test_pages_are_cut_by_size(filled):
    first, second = (api.get(f"/search?size=1&page={page}").json() for page in (1, 2))

    assert first["total"] == second["total"] == 2
    assert first["items"] != second["items"]


@pytest.mark.parametrize(
    "address",
    ["page=-1", "page=0", "size=0", "size=1000000000", "page=x", "page=1001", "page=300&size=50"],
)
def test_q3_odd_pages_are_refused(filled, address):
    assert api.get(f"/search?q=ket hon&{address}").status_code in {400, 422}


@pytest.mark.parametrize("q", ["*", '"', "field:secret", "x" * 1_000_000])
def test_q1_q2_any_text_is_answered(filled, q):
    assert api.get("/search", data={"q": q}).status_code == 200


@pytest.mark.parametrize("address", ["/search?q=ket hon", "/suggestions?q=ket hon"])
def test_missing_index_is_told(search_dir, address, db):
    response = api.get(address)

    assert response.status_code == 503


def test_answer_is_put_in_another_order(filled):
    codes = [item["code"] for item in api.get("/search?sort=name").json()["items"]]

    assert codes == ["1.000894", "1.010038"]


@pytest.mark.parametrize("sort", ["_script", "order_name", "name,", "x" * 1000])
def test_q3_unknown_order_is_refused(filled, sort):
    assert api.get(f"/search?q=ket hon&sort={sort}").status_code == 422


def test_suggestions_have_the_published_shape(filled, db):
    make_ministry()

    of_procedures, of_agencies = (
        api.get(f"/suggestions?q={q}").json() for q in ("dang ky ket h", "bo tu")
    )

    assert of_procedures == {
        "items": [
            {
                "kind": "procedure",
                "key": "1.000894",
                "name": "Thủ tục đăng ký kết hôn",
                "detail": "Bộ Tư pháp",
                "path": "/thu-tuc/1.000894",
            }
        ]
    }
    assert [item["path"] for item in of_agencies["items"]] == ["/co-quan/G15"]


@pytest.mark.parametrize("q", ["*", '"', "field:secret", "x" * 1_000_000])
def test_q1_q2_any_text_gets_suggestions(filled, q, db):
    assert api.get("/suggestions", data={"q": q}).status_code == 200


def test_q8_suggestions_are_not_what_others_typed(filled, client):
    for _reader in range(3):
        client.get("/tim-kiem?q=kết hôn 001099012345")

    for q in ("kết hôn 0", "001099", "0010"):
        assert "001099012345" not in client.get(f"/api/v1/suggestions?q={q}").content.decode()


@pytest.mark.parametrize(("path", "limit"), [("/search", SEARCHES), ("/suggestions", SUGGESTIONS)])
def test_q5_who_asks_too_often_is_told_when_to_come_back(filled, monkeypatch, path, limit):
    monkeypatch.setattr(limit, "admits", lambda _address: False)

    response = api.get(f"{path}?q=ket hon")

    assert response.status_code == 429
    assert "minute" in response.json()["detail"]


def test_parameters_are_described():
    described = NinjaAPI(urls_namespace="described")
    described.add_router("", router)

    operation = described.get_openapi_schema(path_prefix="/")["paths"]["/search"]["get"]

    assert {parameter["name"] for parameter in operation["parameters"]} == {
        *("q", "sort", "page", "size"),
        *FACETS,
    }
