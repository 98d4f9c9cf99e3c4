import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.highlight import Segment, highlight, passage

WORDS = {"ket", "hon"}


def marked(segments):
    return [segment.text for segment in segments if segment.found]


def test_words_are_found_without_their_accents():
    assert highlight("Đăng ký kết hôn.", WORDS) == [
        Segment("Đăng ký "),
        Segment("kết hôn", found=True),
        Segment("."),
    ]


def test_decomposed_text_stays_as_written():
    text = unicodedata.normalize("NFD", "Đăng ký kết hôn")

    assert marked(highlight(text, WORDS)) == [unicodedata.normalize("NFD", "kết hôn")]


def test_words_apart_are_two_segments():
    assert marked(highlight("kết thúc, hôn nhân", WORDS)) == ["kết", "hôn"]


@pytest.mark.parametrize("words", [set(), {"khac"}])
def test_nothing_found_is_one_segment(words):
    assert highlight("Đăng ký", words) == [Segment("Đăng ký")]


@given(st.text(), st.sets(st.sampled_from(["a", "b", "0"])))
def test_segments_make_up_the_text(text, words):
    assert "".join(segment.text for segment in highlight(text, words)) == text


@pytest.mark.parametrize("written", ["lý lịch", "lí lịch", "LÝ LỊCH"])
def test_either_spelling_of_a_final_y_is_found(written):
    assert marked(highlight(f"Phiếu {written} tư pháp", {"ly", "lich"})) == [written]


def test_part_of_a_word_is_not_found():
    assert marked(highlight("toàn an_toàn", {"an"})) == ["an"]


@given(st.text(alphabet="kết hôn xa_.\n", max_size=400))
def test_passage_is_a_part_of_the_text_with_a_word(text):
    segments = passage(text, WORDS)

    told = "".join(segment.text for segment in segments if segment.text.strip(" …"))
    assert told in text
    assert bool(marked(segments)) == bool(marked(highlight(text, WORDS)))


def test_passage_is_where_most_words_stand():
    text = "kết " + "quả " * 100 + "giấy kết hôn " + "khác " * 100

    segments = passage(text, WORDS)

    assert marked(segments) == ["kết hôn"]
    assert segments[0].text == "… "
    assert segments[-1].text.endswith("…")


def test_passage_of_a_short_text_is_all_of_it():
    assert "".join(segment.text for segment in passage("Giấy kết hôn", WORDS)) == "Giấy kết hôn"


@pytest.mark.parametrize("text", ["", "Tách hộ"])
def test_passage_without_words_is_empty(text):
    assert passage(text, WORDS) == []
