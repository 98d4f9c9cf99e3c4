import pytest
from django.core.cache import caches

from catalogue import clock
from catalogue.models import ProcedureUsage
from factories.catalogue import make_agency, make_ministry
from factories.search import make_document
from search.documents import build_search_document
from search.engines import IndexUnusableError, Operation
from search.selectors.suggestions import MAX_SUGGESTIONS, suggest

pytestmark = pytest.mark.django_db

NAMES = {
    "1.000894": "Thủ tục đăng ký kết hôn",
    "1.001193": "Thủ tục đăng ký khai sinh",
    "1.000656": "Thủ tục đăng ký khai tử",
    "1.010038": "Tách hộ",
    "1.002801": "Đổi, cấp lại giấy phép lái xe",
    "1.000001": "Xác nhận lý lịch",
}


@pytest.fixture
def filled(engine):
    documents = (make_document(code, name) for code, name in NAMES.items())
    engine.apply([Operation(d["code"], 1, build_search_document(d, sha256="x")) for d in documents])


def keys(text):
    return [one.key for one in suggest(text)]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("đăng ký khai s", "1.001193"),
        ("dang ky khai si", "1.001193"),
        ("dang ky khai t", "1.000656"),
        ("ĐĂNG KÝ K", "1.000894"),
        ("ket h", "1.000894"),
        ("tach", "1.010038"),
        ("ly lich", "1.000001"),
        ("lí lị", "1.000001"),
        ("gplx", "1.002801"),
        ("1.0008", "1.000894"),
        ("1000894", "1.000894"),
    ],
)
def test_last_word_may_be_typed_half(filled, text, key):
    assert keys(text)[0] == key


def test_ministry_comes_before_procedures_and_a_commune_behind(filled):
    make_ministry()
    make_agency("X1", name="Uỷ ban nhân dân xã Đăng Kỳ", kind="peoples_committee", level="commune")

    assert [one.kind for one in suggest("bộ t")] == ["agency"]
    assert set(keys("dang ky k")) == {"1.000894", "1.001193", "1.000656"}
    assert keys("dang k")[-1] == "X1"
    assert keys("dang ky")[0] == "X1"


def test_family_is_suggested_once(engine):
    documents = [make_document(f"1.00000{i}", "Tách hộ", levels=[level]) for i, level in LEVELS]
    engine.apply([Operation(d["code"], 1, build_search_document(d, sha256="x")) for d in documents])

    assert keys("tach h") == ["1.000002"]


LEVELS = [(1, "ministry"), (2, "commune"), (3, "province")]


@pytest.mark.parametrize("text", ["???", "xyzzy", "*", '"(', "field:secret"])
def test_q1_what_means_nothing_suggests_nothing(filled, text):
    assert suggest(text) == []


def test_without_a_word_it_is_what_people_use_most(filled):
    caches["local"].clear()
    this_month = clock.today().replace(day=1)
    for code, views in {"1.010038": 5, "1.000894": 9, "9.999999": 20}.items():
        ProcedureUsage.objects.create(procedure_code=code, month=this_month, views=views)

    assert keys("  ") == ["1.000894", "1.010038"]


def test_without_a_word_and_without_use_there_is_nothing(filled):
    caches["local"].clear()

    assert suggest("") == []


def test_q2_long_text_is_cut(filled):
    assert len(suggest("đăng ký kết hôn " * 10_000)) <= MAX_SUGGESTIONS


def test_suggestions_are_few(engine):
    documents = [make_document(f"1.{i:06}", f"Tách hộ số {i}") for i in range(40)]
    engine.apply([Operation(d["code"], 1, build_search_document(d, sha256="x")) for d in documents])

    assert len(suggest("tách h")) == MAX_SUGGESTIONS


def test_missing_index_is_told(search_dir):
    with pytest.raises(IndexUnusableError):
        suggest("kết hôn")
