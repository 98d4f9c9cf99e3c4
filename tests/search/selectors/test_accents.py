import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.lexicon import make_lexicon
from search.lexicon import NO_LEXICON, use_lexicon
from search.selectors.accents import meant_text

LEXICON = make_lexicon()


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("dang ky ket hon", "đăng ký kết hôn"),
        ("DANG KY KET HON?", "đăng ký kết hôn?"),
        ("khai tu", "khai tử"),
        ("ket hon qwrt", "kết hôn qwrt"),
        ("khai sinh, ket hon", "khai sinh, kết hôn"),
        ("thu 1.004873 ket hon 2024", "thu 1.004873 kết hôn 2024"),
        ("hoa giai tranh chap", "hòa giải tranh chấp"),
        ("đăng kys khai sinhh", "đăng ký khai sinh"),
        ("dangky ket hon", "đăng ký kết hôn"),
    ],
)
def test_text_is_written_as_it_was_meant(text, meant):
    with use_lexicon(LEXICON):
        assert meant_text(text) == meant


@pytest.mark.parametrize(
    "text", ["", "ket", "đăng ký kết hôn", "Hoà giải tranh chấp", "1.004873", "qwrt vbn", "?!"]
)
def test_text_as_meant_is_not_told(text):
    with use_lexicon(LEXICON):
        assert meant_text(text) is None


def test_unsure_accents_are_not_told():
    with use_lexicon(make_lexicon("sổ đỏ", "số đo")):
        assert meant_text("so do") is None


def test_nothing_is_told_without_a_lexicon():
    with use_lexicon(NO_LEXICON):
        assert meant_text("dang ky ket hon") is None


@given(st.text(max_size=80))
def test_any_text_may_be_asked_and_what_is_told_stays(text):
    with use_lexicon(LEXICON):
        meant = meant_text(text)

        assert meant is None or meant_text(meant) in (None, meant)
