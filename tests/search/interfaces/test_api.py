import pytest
from ninja import NinjaAPI
from ninja.testing import TestClient

from factories.search import make_document
from search.documents import FACETS, build_search_document
from search.engines import Operation
from search.interfaces.api import router

api = TestClient(router)


@pytest.fixture
def filled(engine):
    documents = [
        make_document("1.000894", "Thủ tục đăng ký kết hôn", levels=["ministry", "commune"]),
        make_document("1.010038", "Tách hộ"),
    ]
    engine.apply([Operation(d["code"], 1, build_search_document(d, sha256="x")) for d in documents])


def test_answer_has_the_published_shape(filled):
    response = api.get("/search?q=dang ky ket hon")

    assert response.status_code == 200
    assert response.json() == {
        "total": 1,
        "items": [
            {
                "code": "1.000894",
                "name": "Thủ tục đăng ký kết hôn",
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


def test_missing_index_is_told(search_dir):
    response = api.get("/search?q=ket hon")

    assert response.status_code == 503


def test_parameters_are_described():
    described = NinjaAPI(urls_namespace="described")
    described.add_router("", router)

    operation = described.get_openapi_schema(path_prefix="/")["paths"]["/search"]["get"]

    assert {parameter["name"] for parameter in operation["parameters"]} == {
        *("q", "page", "size"),
        *FACETS,
    }
