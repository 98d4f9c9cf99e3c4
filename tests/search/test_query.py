import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.text import fold
from search.query import MAX_RESULTS, MAX_SIZE, FieldTerm, clean, parse_query


def boosts(text: str, field: str) -> dict[str, float]:
    return {term.term: term.boost for term in parse_query(text).scores if term.field == field}


def words(text: str) -> list[str]:
    return [word for group in parse_query(text).groups for word in group[0]]


def test_folded_words_and_pairs_are_scored():
    assert boosts("ket hon", "name") == {"ket": 1.5, "hon": 1.5}
    assert boosts("ket hon", "name_pairs") == {"ket_hon": 3.0}


def test_accented_words_count_only_when_accents_were_typed():
    assert boosts("ket hon", "name_accented") == {}
    assert boosts("kết hôn", "name_accented") == {"kết": 3.0, "hôn": 3.0}


def test_stop_phrases_are_no_words():
    assert words("tôi muốn làm thủ tục khai tử ở đâu") == ["khai", "tu"]


def test_stop_phrases_alone_are_words():
    assert words("thủ tục") == ["thu", "tuc"]


def test_unaccented_stop_word_keeps_its_pair():
    # "can" may be the stop word "cần" or belong to "căn cước".
    assert words("doi can cuoc") == ["doi", "cuoc"]
    assert "can_cuoc" in boosts("doi can cuoc", "name_pairs")


def test_accents_tell_a_stop_word_from_its_likes():
    assert words("căn cước") == ["can", "cuoc"]


def test_synonym_adds_the_official_wording():
    query = parse_query("xem sổ đỏ")

    assert query.groups[-1] == (
        ("so", "do"),
        ("giay", "chung", "nhan", "quyen", "su", "dung", "dat"),
    )
    assert "quyen_su" in boosts("xem sổ đỏ", "name_pairs")


def test_synonym_needs_the_typed_accents():
    assert parse_query("số đo").groups == ((("so",),), (("do",),))


def test_synonym_protects_its_words_from_stop_phrases():
    assert words("bố tôi mất") == ["bo", "toi", "mat"]


def test_two_words_are_needed_and_of_a_long_sentence_a_third():
    needed = [parse_query(" ".join(f"{place}x" for place in range(n))).needed for n in range(1, 9)]

    assert needed == [1, 2, 2, 2, 2, 2, 3, 3]


@pytest.mark.parametrize("text", ["1.004873", "1004873", "thủ tục 1.004873.000.00.00.H18"])
def test_code_is_recognised(text):
    query = parse_query(text)

    assert query.codes == ("1.004873",)
    assert FieldTerm("code", "1.004873", 1000.0) in query.bonuses


Q1 = [
    "*",
    "?",
    "~",
    '"',
    "((",
    ":",
    "AND",
    "OR NOT",
    "\\",
    "/.*/",
    '"kết',
    "field:secret",
    '{"a": {}}',
]


@pytest.mark.parametrize("text", Q1)
def test_q1_syntax_is_words(text):
    query = parse_query(f"{text} kết hôn")

    assert {"ket", "hon"} <= set(words(f"{text} kết hôn"))
    assert all(term.term.replace("_", "").isalnum() for term in query.scores)


@pytest.mark.parametrize("text", ["*" * 1000, "a?" * 500, "từ " * 10_000, "x" * 1_000_000])
def test_q2_text_is_cut(text):
    query = parse_query(text)

    assert len(query.text) <= 200
    assert len(words(text)) <= 32


def test_q2_wide_space_does_not_hide_words():
    assert clean(" " * 300 + "kết hôn") == "kết hôn"


@pytest.mark.parametrize(
    ("page", "size"), [(-1, 10), (0, 0), (10**9, 10), (1, 10**9), (10**9, 10**9)]
)
def test_q3_page_and_size_are_brought_into_range(page, size):
    query = parse_query("kết hôn", page=page, size=size)

    assert 0 <= query.offset <= MAX_RESULTS - query.limit
    assert 1 <= query.limit <= MAX_SIZE


@given(st.text(max_size=300))
def test_any_text_is_a_query(text):
    query = parse_query(text)

    assert query.needed <= len(query.groups) <= 32
    assert query.is_empty or query.groups or query.codes


@pytest.mark.parametrize(
    "text", ["đăng ký khai sinh", "Hoà giải ở cơ sở", "TP.HCM", "xóa đăng ký thường trú"]
)
def test_q6_decomposed_and_upper_case_are_the_same_query(text):
    expected = parse_query(text).scores

    assert parse_query(unicodedata.normalize("NFD", text)).scores == expected
    assert parse_query(text.upper()).scores == expected


def test_q6_unaccented_query_has_the_same_words():
    text = "đăng ký khai sinh cho con"

    assert words(fold(text)) == words(text)


def test_own_filter_can_be_left_out():
    query = parse_query("x", filters={"level": ["commune"], "field": ["Hộ tịch"], "agency": []})

    assert query.filters == {"level": ("commune",), "field": ("Hộ tịch",)}
    assert query.without_filter("level").filters == {"field": ("Hộ tịch",)}


def test_query_can_ask_for_all_or_any_of_its_words():
    query = parse_query("kết hôn lưu động miễn phí", filters={"level": ["commune"]})

    assert (query.any_of().needed, query.needed, query.all_of().needed) == (1, 2, 6)
    assert query.named().within == ("name", "alias")
    assert query.named().filters == {}


def test_level_is_a_preference_and_no_term():
    query = parse_query("đổi thẻ căn cước ở cấp tỉnh")

    assert query.levels == ("province",)
    assert "tinh" not in words("đổi thẻ căn cước ở cấp tỉnh")


def test_level_word_within_another_word_is_none():
    query = parse_query("đăng ký hợp tác xã")

    assert query.levels == ()
    assert "xa" in words("đăng ký hợp tác xã")


@pytest.mark.parametrize(("text", "parts"), [("1.0048", ["1", "0048"]), (" 1.0 ", ["1", "0"])])
def test_begun_code_finds_those_that_begin_so(text, parts):
    query = parse_query(text)

    assert (words(text), query.needed, query.within) == (parts, 2, ("starts",))


def test_several_codes_are_recognised():
    assert parse_query("1.004873, 1000894").codes == ("1.004873", "1.000894")


@pytest.mark.parametrize(
    ("text", "is_cut"), [("a " * 32, False), ("a " * 33, True), ("a" * 201, True)]
)
def test_query_tells_that_it_was_cut(text, is_cut):
    assert parse_query(text).is_cut is is_cut
