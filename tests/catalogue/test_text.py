import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.text import fold, normalise, normalise_lines, slugify_vi, sort_key, without_opening

TEXT = st.text(max_size=60)
# Vietnamese letters, marks that stand alone, and what copying from documents brings along.
MIXED = st.text(
    st.sampled_from("aăâđêôơưĐẠẬộ \n\t'-.1\u0301\u0323\u0302\u200b\u2067\u00ad\x0b\u0958"),
    max_size=30,
)


def test_n1_normalise_composes_what_macos_decomposes() -> None:
    decomposed = unicodedata.normalize("NFD", "Hoà Bình, Đặng Thị Ệ")

    assert normalise(decomposed) == "Hoà Bình, Đặng Thị Ệ"


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("  hai \t\n dòng ", "hai dòng"),
        ("a\x0bb\x0cc", "a b c"),
        ("a\x00b\x85c\x9fd", "ab cd"),
        ("e\u200b\u0301", "é"),
        ("\u2067nguy\u202ehiểm\u2069", "nguyhiểm"),
        ("nửa \ud800cặp", "nửa cặp"),
        ("\ufeffđầu tệp", "đầu tệp"),
    ],
)
def test_normalise_cleans_what_cannot_be_seen(given_text: str, expected: str) -> None:
    assert normalise(given_text) == expected


@given(TEXT | MIXED)
def test_normalise_is_idempotent_and_composed(text: str) -> None:
    once = normalise(text)

    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)


def test_normalise_lines_keeps_breaks_and_drops_empty_lines() -> None:
    assert normalise_lines(" một \r\n\r\n hai\rba\n ") == "một\nhai\nba"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đăng ký khai sinh", "dang ky khai sinh"),
        (unicodedata.normalize("NFD", "ĐƯỜNG THUỶ"), "duong thuy"),
        ("Hoà Hòa", "hoa hoa"),
        ("Y Ðôn Niê", "y don nie"),
        ("TP.HCM", "tp.hcm"),
    ],
)
def test_fold_is_what_people_type(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(TEXT | MIXED)
def test_fold_is_idempotent_and_blind_to_the_form(text: str) -> None:
    once = fold(text)

    assert fold(once) == once
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


def test_slug_keeps_d_with_stroke() -> None:
    assert slugify_vi("Đăng ký thường trú (cấp xã)") == "dang-ky-thuong-tru-cap-xa"


@given(TEXT | MIXED)
def test_slug_holds_ascii_only(text: str) -> None:
    slug = slugify_vi(text)

    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug == slug.strip("-")


@pytest.mark.parametrize(
    "ordered",
    [
        ["a", "ă", "â", "b", "c", "d", "đ", "e", "ê"],
        ["o", "ô", "ơ", "p"],
        ["u", "ư", "v", "y"],
        ["ma", "mà", "mả", "mã", "má", "mạ", "mai"],
        ["Dung", "Đà Nẵng", "Em"],
        ["An Giang", "Anh", "Ân"],
        ["12", "2", "a"],
        ["Hà", "Hạ Long", "Hà Nội"],
    ],
)
def test_n6_sort_key_orders_as_a_vietnamese_dictionary(ordered: list[str]) -> None:
    shuffled = ordered[::-1]

    shuffled.sort(key=sort_key)

    assert shuffled == ordered


def test_n6_upper_case_with_dot_below_sorts_as_lower_case() -> None:
    assert sort_key("THỊ".lower()) == sort_key("THỊ") == sort_key("Thị")


@given(TEXT | MIXED)
def test_sort_key_is_ascii_and_blind_to_the_form(text: str) -> None:
    key = sort_key(text)

    assert key.isascii()
    assert sort_key(unicodedata.normalize("NFD", text)) == key


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Thủ tục đăng ký kết hôn", "đăng ký kết hôn"),
        ("THỦ TỤC  Tách hộ", "Tách hộ"),
        ("Tách hộ", "Tách hộ"),
        ("Thủ tục", "Thủ tục"),
        ("Thủ tục: “Tách hộ”", "Tách hộ”"),
        ("Thủ tục hải quan", "hải quan"),
    ],
)
def test_opening_words_are_no_part_of_the_title(name: str, title: str) -> None:
    assert without_opening(name) == title
