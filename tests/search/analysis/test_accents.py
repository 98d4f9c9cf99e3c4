import pytest

from factories.lexicon import make_lexicon
from search.analysis import Lexicon, restore_accents, tokenize

LEXICON = make_lexicon("cần sao lưu", "căn cước", "cấp căn cước", "sổ đỏ", "số đo")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dang ky ket hon", "đăng ký kết hôn"),
        ("can cuoc", "căn cước"),
        ("can sao luu", "cần sao lưu"),
        ("gplx ket hon 2024", "gplx kết hôn 2024"),
        ("", ""),
    ],
)
def test_likeliest_spelling_of_the_whole_is_given(typed, meant):
    assert restore_accents(tokenize(typed), LEXICON) == meant.split()


def test_two_likely_spellings_are_not_sure():
    assert restore_accents(tokenize("so do"), LEXICON) is None


def test_empty_lexicon_restores_nothing():
    assert restore_accents(tokenize("ket hon"), Lexicon()) == ["ket", "hon"]
