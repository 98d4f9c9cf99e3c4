import pytest

from search.analysis import folded_pairs, folded_terms


def test_pairs_join_adjacent_words():
    terms = folded_terms("Đăng ký kết hôn")

    assert folded_pairs(terms) == ["dang_ky", "ky_ket", "ket_hon"]


@pytest.mark.parametrize("words", [[], ["mot"]])
def test_pairs_of_less_than_two_words_are_none(words):
    assert folded_pairs(words) == []
