import unicodedata

import pytest

from catalogue.text import fold
from factories.lexicon import make_lexicon
from factories.search import make_document
from search.documents import build_search_document
from search.engines import IndexUnusableError, Operation
from search.highlight import Segment
from search.lexicon import use_lexicon
from search.selectors import search_procedures

NAMES = {
    "1.000894": "Thủ tục đăng ký kết hôn",
    "1.001193": "Thủ tục đăng ký khai sinh",
    "1.000656": "Thủ tục đăng ký khai tử",
    "1.010038": "Tách hộ",
    "2.000424": "Hoà giải tranh chấp đất đai",
    "1.002801": "Đổi, cấp lại giấy phép lái xe",
    "1.004222": "Đăng ký thường trú",
}


def fill(engine, names=NAMES, **changes):
    documents = (make_document(code, name, **changes) for code, name in names.items())
    engine.apply(
        [Operation(d["code"], 1, build_search_document(d, sha256=d["code"])) for d in documents]
    )


def first(text):
    return next((item.code for item in search_procedures(text).items), None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("đăng ký khai sinh", "1.001193"),
        ("dang ky khai sinh", "1.001193"),
        ("ĐĂNG KÝ KHAI SINH", "1.001193"),
        ("Ðăng ký khai sinh", "1.001193"),
        ("thu tuc khai sinh cho con o dau", "1.001193"),
        ("hòa giải đất", "2.000424"),
        ("hoà giải đất", "2.000424"),
        ("hoa giai dat", "2.000424"),
        ("làm lại bằng lái", "1.002801"),
        ("gplx", "1.002801"),
        ("nhập hộ khẩu", "1.004222"),
        ("1004222", "1.004222"),
        ("1.004222", "1.004222"),
    ],
)
def test_q6_every_way_of_typing_finds_it_first(engine, text, code):
    fill(engine)

    assert first(text) == code
    assert first(unicodedata.normalize("NFD", text)) == code


@pytest.mark.parametrize("code", NAMES)
def test_own_title_and_code_come_first(engine, code):
    fill(engine)
    name = NAMES[code]

    for text in (name, fold(name), unicodedata.normalize("NFD", name), code):
        assert first(text) == code


def test_hit_shows_what_a_citizen_asks(engine):
    fill(engine, {"1.000894": "Thủ tục đăng ký kết hôn"})

    item = search_procedures("kết hôn").items[0]

    assert item.name_segments == [Segment("Thủ tục đăng ký "), Segment("kết hôn", found=True)]
    assert (item.agency, item.field, item.nearest_level) == ("Bộ Tư pháp", "Hộ tịch", "commune")
    assert item.time_limits[0]["value"] == 3
    assert item.fees[0]["state"] == "free"


def test_nearest_level_is_the_citizens(engine):
    fill(engine, {"1.000894": "Đăng ký kết hôn"}, levels=["ministry", "province", "commune"])

    assert search_procedures("kết hôn").items[0].nearest_level == "commune"


def test_words_of_a_name_must_all_stand_in_the_answer(engine):
    fill(engine)

    assert [item.code for item in search_procedures("đăng ký khai sinh").items] == ["1.001193"]


def test_long_description_needs_half_of_its_words(engine):
    fill(engine)

    page = search_procedures("vợ chồng trẻ định đăng ký kết hôn")

    assert page.items[0].code == "1.000894"
    assert not page.loosened


def test_words_that_never_meet_are_loosened(engine):
    fill(engine)

    page = search_procedures("kết hôn vũ trụ ngoài hành tinh")

    assert page.loosened
    assert page.items[0].code == "1.000894"


def test_nothing_found_is_not_loosened(engine):
    fill(engine)

    page = search_procedures("xyz qwerty")

    assert (page.total, page.items, page.loosened) == (0, [], False)


def test_selected_value_stays_among_the_facets(engine):
    fill(engine)

    page = search_procedures("kết hôn", filters={"level": ["ministry"]})

    assert page.total == 0
    values = [(value.value, value.count, value.selected) for value in page.facets["level"]]
    assert values == [("commune", 1, False), ("ministry", 0, True)]


def test_what_was_meant_is_told_and_found(engine):
    fill(engine)

    with use_lexicon(make_lexicon()):
        page = search_procedures("dangky keets hoon")

    assert page.did_you_mean == "đăng ký kết hôn"
    assert page.items[0].code == "1.000894"


def test_missing_index_is_told(search_dir):
    with pytest.raises(IndexUnusableError):
        search_procedures("kết hôn")
