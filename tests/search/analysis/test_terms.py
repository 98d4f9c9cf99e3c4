import pytest

from search.analysis import folded_pairs, folded_terms, without_opening


def test_pairs_join_adjacent_words():
    terms = folded_terms("Đăng ký kết hôn")

    assert folded_pairs(terms) == ["dang_ky", "ky_ket", "ket_hon"]


@pytest.mark.parametrize("words", [[], ["mot"]])
def test_pairs_of_less_than_two_words_are_none(words):
    assert folded_pairs(words) == []


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Thủ tục đăng ký kết hôn", "đăng ký kết hôn"),
        ("THỦ TỤC  Tách hộ", "Tách hộ"),
        ("Tách hộ", "Tách hộ"),
        ("Thủ tục", "Thủ tục"),
    ],
)
def test_opening_words_are_no_part_of_the_title(name, title):
    assert without_opening(name) == title
