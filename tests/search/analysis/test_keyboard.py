import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import tokenize
from search.analysis.keyboard import decode_keystrokes


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ddawng", "đăng"),
        ("dawngd", "đăng"),
        ("kys", "ký"),
        ("kis", "ký"),
        ("thuwowngf", "thường"),
        ("thuowngf", "thường"),
        ("thuwongf", "thường"),
        ("thuongwf", "thường"),
        ("dduwowngf", "đường"),
        ("duongwfd", "đường"),
        ("giaays", "giấy"),
        ("quyeets", "quyết"),
        ("hoanf", "hoàn"),
        ("uwng", "ưng"),
        ("wng", "ưng"),
        ("hofaz", "hoa"),
        ("xoas", "xoá"),
    ],
)
def test_telex_is_decoded(typed, meant):
    assert decode_keystrokes(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("d9a8ng", "đăng"),
        ("dang9", "đang"),
        ("ky1", "ký"),
        ("thu7o7ng2", "thường"),
        ("thuong72", "thường"),
        ("giay61", "giấy"),
        ("nghie6p5", "nghiệp"),
    ],
)
def test_vni_is_decoded(typed, meant):
    assert decode_keystrokes(typed) == meant


@pytest.mark.parametrize(("typed", "meant"), [("đươngf", "đường"), ("kỳs", "ký"), ("hôf", "hồ")])
def test_left_overs_of_half_typed_words_are_decoded(typed, meant):
    assert decode_keystrokes(typed) == meant


@pytest.mark.parametrize("typed", ["", "khai", "sinh", "xe", "trường", "60", "qh13", "sinhh", "dk"])
def test_words_without_keystrokes_mean_none(typed):
    assert decode_keystrokes(typed) is None


@given(st.text(max_size=12))
def test_any_word_can_be_asked(text):
    for token in tokenize(text):
        meant = decode_keystrokes(token.text)
        assert meant is None or [token.text for token in tokenize(meant)] == [meant]
