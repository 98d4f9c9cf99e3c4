import pytest

from search.analysis.slips import (
    ADDED,
    DOUBLED,
    HEARD,
    LOST,
    NEIGHBOUR,
    REPLACED,
    SHORT,
    SWAPPED,
    letter_slips,
    likely_slips,
)


@pytest.mark.parametrize(
    ("typed", "meant", "cost"),
    [
        ("xinh", "sinh", HEARD),
        ("chu", "tru", HEARD),
        ("zay", "day", HEARD),
        ("lan", "lang", HEARD),
        ("luoc", "luot", HEARD),
        ("qui", "quy", HEARD),
        ("sinhh", "sinh", DOUBLED),
        ("dagn", "dang", SWAPPED),
    ],
)
def test_likely_slip_is_cheap(typed, meant, cost):
    assert min(c for word, c in likely_slips(typed) if word == meant) == cost


@pytest.mark.parametrize(
    ("typed", "meant", "cost"),
    [
        ("thng", "thong", LOST),
        ("thoong", "thong", ADDED),
        ("thing", "thong", NEIGHBOUR),
        ("thang", "thong", REPLACED),
        ("do", "doi", LOST + SHORT),
    ],
)
def test_wrong_letter_costs_by_its_place_on_the_keyboard(typed, meant, cost):
    assert min(c for word, c in letter_slips(typed) if word == meant) == cost
