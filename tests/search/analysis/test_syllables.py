import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.syllables import has_vowel, is_syllable, put_tone, split_tone

ACUTE = "\u0301"


@pytest.mark.parametrize(
    ("toneless", "toned"),
    [
        ("hoa", "hoá"),
        ("khoe", "khoé"),
        ("thuy", "thuý"),
        ("mua", "múa"),
        ("cai", "cái"),
        ("ngoai", "ngoái"),
        ("toan", "toán"),
        ("huynh", "huýnh"),
        ("qua", "quá"),
        ("quy", "quý"),
        ("gia", "giá"),
        ("gi", "gí"),
        ("gin", "gín"),
        ("giêng", "giếng"),
        ("nươc", "nước"),
        ("tuyên", "tuyến"),
        ("ngoeo", "ngoéo"),
    ],
)
def test_tone_stands_where_it_belongs(toneless, toned):
    assert put_tone(toneless, ACUTE) == toned
    assert split_tone(toned) == (toneless, ACUTE)


@pytest.mark.parametrize("word", ["", "xyz", "abc1", "cafe-bar", "strong"])
def test_what_is_no_syllable_bears_no_tone(word):
    assert put_tone(word, ACUTE) is None


def test_word_with_two_tones_keeps_them():
    assert split_tone("thừơ\u0300ng") == ("thừơ\u0300ng", "")


@pytest.mark.parametrize("word", ["nghiêng", "nghieng", "khuỷu", "quyết", "ương", "y", "đường"])
def test_syllable_is_known_with_and_without_accents(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["", "đăgn", "kyy", "khais", "thuowng", "th", "w", "1"])
def test_other_words_are_no_syllables(word):
    assert not is_syllable(word)


@pytest.mark.parametrize(("word", "expected"), [("ubnd", True), ("gplx", False), ("đk", False)])
def test_vowels_tell_words_from_abbreviations(word, expected):
    assert has_vowel(word) is expected


@given(st.text(max_size=12))
def test_any_text_can_be_split(text):
    toneless, tone = split_tone(text)

    assert not tone or tone not in toneless
