from datetime import date

import pytest

from factories.search import make_channel, make_document
from search.document_values import (
    fee_kind,
    order_by_name,
    order_by_newest,
    ordered_code,
    popularity,
    publishing_province,
    starts_of,
    starts_of_pairs,
)


def with_fees(*states):
    fees = [{"key": s, "state": s, "value": None, "unit": None, "text": ""} for s in states]
    return make_document(channels=[make_channel(fees=fees)])


@pytest.mark.parametrize(
    ("states", "kind"),
    [
        ([], "unknown"),
        (["free"], "free"),
        (["free", "free"], "free"),
        (["stated"], "paid"),
        (["delegated", "stated"], "paid"),
        (["unknown"], "unknown"),
        (["free", "unknown"], "by_case"),
        (["free", "stated"], "by_case"),
    ],
)
def test_nothing_is_free_unless_every_fee_is(states, kind):
    assert fee_kind(with_fees(*states)) == kind


@pytest.mark.parametrize(
    ("code", "province"), [("G15", None), ("H18", "H18"), ("X31.05", "X31"), (None, None)]
)
def test_province_is_the_first_level_of_the_publishing_code(code, province):
    publishing = {"publishing": {"code": code, "name": "Cơ quan"}}

    assert publishing_province({"agencies": publishing}) == province


def test_starts_are_every_beginning_of_a_word_once():
    assert starts_of(["hon", "ho"]) == ["h", "ho", "hon"]
    assert max(map(len, starts_of(["x" * 40]))) == 12


def test_names_are_in_vietnamese_order():
    names = ["đăng ký", "cấp", "Ăn ở", "an toàn", "cấp đổi"]

    ordered = sorted(names, key=lambda name: order_by_name(name, "1.000001"))

    assert ordered == ["an toàn", "Ăn ở", "cấp", "cấp đổi", "đăng ký"]


def test_newest_comes_first_and_without_a_day_last():
    days = [date(2020, 1, 1), None, date(2026, 7, 1)]

    ordered = sorted(days, key=lambda day: order_by_newest(day, "1.000001"))

    assert ordered == [date(2026, 7, 1), date(2020, 1, 1), None]


@pytest.mark.parametrize("make", [order_by_name, order_by_newest])
def test_value_of_an_order_names_its_code(make):
    subject = "Kết hôn" if make is order_by_name else date(2026, 1, 1)

    assert ordered_code(make(subject, "1.000894")) == "1.000894"


def test_starts_of_pairs_have_the_second_word_begun():
    assert starts_of_pairs(["ho", "so"]) == ["_h", "_ho", "ho_s", "ho_so"]


@pytest.mark.parametrize(("uses", "expected"), [(0, 0), (1, 0.05), (1000, 0.5), (10**9, 1)])
def test_popularity_grows_by_orders_and_is_bounded(uses, expected):
    assert popularity(uses) == pytest.approx(expected)
