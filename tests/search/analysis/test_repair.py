import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.lexicon import make_lexicon
from search.analysis import Lexicon, Repair, tokenize

repair = Repair(make_lexicon())


def read(text: str) -> str:
    return " ".join(token.text for token in repair(tokenize(text)))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ddawng kys keets hoon", "đăng ký kết hôn"),
        ("d9a8ng ky1 ke6t1 ho6n", "đăng ký kết hôn"),
        ("đăng kys khai sinh", "đăng ký khai sinh"),
        ("thuwowngf trus", "thường trú"),
        ("dangw kys", "đăng ký"),
        ("dang9 ky1", "đăng ký"),
    ],
)
def test_keystrokes_are_read(typed, meant):
    assert read(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("khai sinhh", "khai sinh"),
        ("đăgn ký", "đăng ký"),
        ("kết hôm", "kết hôn"),
        ("ket hom", "ket hon"),
        ("giay fep lai xe", "giay phep lai xe"),
        ("xử dụng đất", "sử dụng đất"),
        ("chứng nhậm", "chứng nhận"),
        ("hoà dải", "hoà giải"),
    ],
)
def test_slips_are_read(typed, meant):
    assert read(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dangky ket hon", "dang ky ket hon"),
        ("khaisinh", "khai sinh"),
        ("giấyphép lái xe", "giấy phép lái xe"),
        ("th uong tru", "thuong tru"),
    ],
)
def test_spaces_are_put_where_they_belong(typed, meant):
    assert read(typed) == meant


def test_known_word_is_corrected_where_its_neighbours_are_of_one_mind():
    often = Repair(make_lexicon(*["Đăng ký tạm trú"] * 400))

    tokens = often(tokenize("đăng ký tạm chú"))

    assert [token.text for token in tokens] == ["đăng", "ký", "tạm", "trú"]


@pytest.mark.parametrize(
    "text",
    ["chú giải", "ket hon", "đất đai", "gplx", "60 2014 qh13", "cưới vợ", "a1", "karaoke", ""],
)
def test_what_is_known_or_foreign_stays(text):
    assert read(text) == text


def test_protected_words_stay():
    tokens = tokenize("khai sinhh")

    assert repair(tokens, protected={1}) == tokens


def test_words_typed_as_one_share_its_characters():
    tokens = repair(tokenize("làm khaisinh"))

    assert [(token.start, token.end) for token in tokens] == [(0, 3), (4, 8), (8, 12)]


def test_word_typed_as_two_has_both():
    tokens = repair(tokenize("th uong tru"))

    assert [(token.start, token.end) for token in tokens] == [(0, 7), (8, 11)]


def test_words_with_a_mark_between_are_not_joined():
    assert read("th, uong tru").split()[0] == "th"


def test_empty_lexicon_changes_nothing():
    tokens = tokenize("ddawng kys")

    assert Repair(Lexicon())(tokens) == tokens


def test_more_slips_than_a_reader_makes_stay():
    text = " ".join(["sinhh"] * 12)

    assert read(text).split().count("sinhh") == 2


def test_long_string_is_no_row_of_words():
    text = "dangky" * 20

    assert read(text) == text


words = make_lexicon().accented
known = st.sampled_from(sorted(words.counts))
pairs = st.sampled_from([f"{a} {b}" for a, after in words.pairs.items() for b in after])


@given(st.lists(pairs, max_size=6).map(" ".join))
def test_words_in_their_place_never_change(text):
    assert read(text) == text


@given(st.text(max_size=60))
def test_any_text_is_read_within_its_offsets(text):
    tokens = repair(tokenize(text))

    ends = [0, *(place for token in tokens for place in (token.start, token.end)), len(text)]
    assert ends == sorted(ends)


@given(st.lists(st.one_of(known, st.text("adeghknosrux19 ", max_size=8)), max_size=8))
def test_reading_is_the_same_for_every_normal_form(parts):
    text = " ".join(parts)

    assert read(unicodedata.normalize("NFD", text)) == read(text)
    assert read(text.upper()) == read(text)
