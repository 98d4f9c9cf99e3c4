import pytest

from factories.search import make_document
from search.documents import build_search_document
from search.engines import Operation


@pytest.fixture
def filled(engine):
    names = {
        "1.000001": "Đăng ký kết hôn",
        "1.000002": "Đăng ký lại kết hôn",
        "1.000003": "Tách hộ",
    }
    documents = [make_document(code, name) for code, name in names.items()]
    engine.apply([Operation(d["code"], 1, build_search_document(d, sha256="x")) for d in documents])
