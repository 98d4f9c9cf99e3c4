import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from catalogue.text import fold
from search.analysis import has_accents, tokenize

VIETNAMESE = (
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
)
text = st.text(st.sampled_from(VIETNAMESE + VIETNAMESE.upper() + "ÐĐđ 0123456789.,/-()\n"))


def words(written: str) -> list[str]:
    return [token.text for token in tokenize(written)]


@given(text)
@example("Hòa thuận, thúy QUÝ qúy")
def test_words_of_decomposed_text_are_the_same(written):
    decomposed = unicodedata.normalize("NFD", written)

    assert words(decomposed) == words(unicodedata.normalize("NFC", written))


@given(st.text())
def test_offsets_slice_the_original(written):
    for token in tokenize(written):
        assert words(written[token.start : token.end]) == [token.text]


@given(text)
def test_offsets_slice_the_original_in_vietnamese(written):
    for token in tokenize(written):
        assert fold(written[token.start : token.end]).replace("i", "y") == token.folded.replace(
            "i", "y"
        )


@given(text)
def test_folding_twice_changes_nothing(written):
    once = " ".join(token.folded for token in tokenize(written))

    assert " ".join(token.folded for token in tokenize(once)) == once


@given(st.text())
def test_spelling_any_text_twice_changes_nothing(written):
    once = words(written)

    assert words(" ".join(once)) == once


@given(text)
def test_spelling_twice_changes_nothing(written):
    once = words(written)

    assert words(" ".join(once)) == once


@given(text)
def test_upper_case_says_the_same(written):
    assert words(written.upper()) == words(written)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hòa", "hoà"),
        ("khỏe", "khoẻ"),
        ("thúy", "thuý"),
        ("qúy", "quý"),
        ("HÒA", "hoà"),
        ("Ðăng ký", "Đăng ký"),
        ("quản lí", "quản lý"),
        ("kĩ sư", "kỹ sư"),
        ("công ti", "công ty"),
        ("qui định", "quy định"),
        ("quí", "quý"),
        ("quít", "quýt"),
        ("muà", "mùa"),
        ("gìa", "già"),
        ("thừơng", "thường"),
        ("nuớc", "nước"),
        ("nưóc", "nước"),
        ("６０", "60"),
        ("ＫẾＴ", "kết"),
        ("k\u200bết", "kết"),
        ("hộ kh\u00adẩu", "hộ khẩu"),
        ("BTС", "btc"),
    ],
)
def test_two_spellings_are_one_word(one, other):
    assert words(one) == words(other)


@pytest.mark.parametrize(("one", "other"), [("múa", "mua"), ("thi", "thy"), ("hoa", "hòa")])
def test_other_words_stay_apart(one, other):
    assert words(one) != words(other)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("TP.HCM", ["tp", "hcm"]),
        ("BHXH/BHYT", ["bhxh", "bhyt"]),
        ("Đất đai", ["dat", "dai"]),
        ("60/2014/QH13", ["60", "2014", "qh13"]),
        ('* ? ~ " ( ) : \\', []),
        ("ƯỜNG", ["uong"]),
    ],
)
def test_text_is_folded_to_words(written, folded):
    assert [token.folded for token in tokenize(written)] == folded


@pytest.mark.parametrize(
    ("written", "accented"), [("dang ky", False), ("đang", True), ("dang ký", True), ("", False)]
)
def test_accents_are_noticed(written, accented):
    assert has_accents(tokenize(written)) is accented
