from typing import Any

import pytest
from django.utils import translation

from catalogue.wording import (
    fee_summary,
    fee_words,
    money,
    papers_to_bring,
    place_summary,
    text_beside,
    time_summary,
    time_words,
)
from factories.catalogue import make_full_document


def limit(state: str = "stated", value: Any = None, unit: str | None = None, text: str = "") -> Any:
    return {"state": state, "value": value, "unit": unit, "text": text}


def fee(state: str, value: int | None = None, unit: str | None = None) -> Any:
    return {"state": state, "value": value, "unit": unit, "text": ""}


@pytest.mark.parametrize(
    ("given", "vietnamese", "english"),
    [
        (limit(value=1, unit="working_day"), "1 ngày làm việc", "1 working day"),
        (limit(value=15, unit="working_day"), "15 ngày làm việc", "15 working days"),
        (limit(value=2.5, unit="hour"), "2,5 giờ", "2.5 hours"),
        (limit(value=1, unit="month"), "1 tháng", "1 month"),
        (limit(value=30, unit="calendar_day"), "30 ngày", "30 days"),
        (
            limit(value=12, text="12.0"),
            "12 (chưa công bố là ngày hay giờ)",
            "12 (unit not published)",
        ),
        (
            limit(value=10, text="10-25"),
            "10-25 (chưa công bố là ngày hay giờ)",
            "10-25 (unit not published)",
        ),
        (limit(value=10, text="10 ngày, nếu đủ"), "10 ngày, nếu đủ", "10 ngày, nếu đủ"),
        (
            limit(value=9, text="ngày " * 20),
            "9 (chưa công bố là ngày hay giờ)",
            "9 (unit not published)",
        ),
        (limit(value=12), "12 (chưa công bố là ngày hay giờ)", "12 (unit not published)"),
        (limit("same_day"), "Trong ngày", "Same day"),
        (limit("unknown"), "Chưa công bố", "Not published"),
        (limit("unknown", text="Theo thông báo"), "Theo thông báo", "Theo thông báo"),
        (limit("unknown", text="dài " * 30), "Chưa công bố", "Not published"),
    ],
)
def test_time_limit_in_words(given: Any, vietnamese: str, english: str) -> None:
    with translation.override("vi"):
        assert time_words(given) == vietnamese
    with translation.override("en"):
        assert time_words(given) == english


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (fee("stated", 20000, "VND"), "20.000 ₫"),
        (fee("stated", 0, "VND"), "0 ₫"),
        (fee("stated", 10, "USD"), "10 USD"),
        (fee("free"), "Miễn phí"),
        (fee("delegated"), "Do HĐND tỉnh quy định"),
        (fee("unknown"), "Chưa công bố"),
    ],
)
def test_fee_in_words(given: Any, words: str) -> None:
    with translation.override("vi"):
        assert fee_words(given) == words


def test_stated_limit_or_fee_without_a_value_is_not_published() -> None:
    with translation.override("vi"):
        assert time_words(limit("stated")) == "Chưa công bố"
        assert fee_words(fee("stated")) == "Chưa công bố"


def test_stated_tariff_is_told_in_its_own_words() -> None:
    with translation.override("vi"):
        assert fee_words(fee("stated") | {"text": "2.000 đ/trang"}) == "2.000 đ/trang"
        assert fee_words(fee("stated") | {"text": "dài " * 30}) == "Nội dung công bố"


def test_large_amount_is_grouped() -> None:
    with translation.override("vi"):
        assert money(1234567890, "VND") == "1.234.567.890 ₫"


def test_summaries_name_each_thing_once_the_unknown_last() -> None:
    document = make_full_document()
    document["channels"].append(document["channels"][0])

    with translation.override("vi"):
        assert time_summary(document) == [
            "3 ngày làm việc",
            "2,5 giờ",
            "Trong ngày",
            "10 (chưa công bố là ngày hay giờ)",
            "Theo thông báo của xã",
        ]
        assert fee_summary(document) == [
            "20.000 ₫",
            "Do HĐND tỉnh quy định",
            "Miễn phí",
            "0 ₫",
            "Chưa công bố",
        ]


def test_document_without_channels_says_that_nothing_is_published() -> None:
    document = make_full_document(channels=[])

    with translation.override("vi"):
        assert time_summary(document) == ["Chưa công bố"]
        assert fee_summary(document) == ["Chưa công bố"]


def test_places_are_the_agencies_or_else_the_levels() -> None:
    document = make_full_document()

    named = place_summary(document)
    document["agencies"]["implementing"] = []

    with translation.override("vi"):
        assert place_summary(document) == ["Cấp tỉnh", "Cấp xã"]
    assert named == ["Ủy ban nhân dân cấp xã"]


def test_papers_to_bring_leave_out_notes_and_cases() -> None:
    assert papers_to_bring(make_full_document()) == 1


@pytest.mark.parametrize(
    ("unit", "text", "beside"),
    [
        (None, "3", ""),
        (None, "3,00", ""),
        ("working_day", "", ""),
        ("working_day", "3 ngày làm việc", ""),
        ("working_day", "03 Ngày làm việc.", ""),
        ("working_day", "3 ngày làm việc từ khi đủ giấy", "3 ngày làm việc từ khi đủ giấy"),
        ("working_day", "nếu phải xác minh", "nếu phải xác minh"),
    ],
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_text_beside_says_only_what_the_words_do_not(
    language: str, unit: str | None, text: str, beside: str
) -> None:
    with translation.override(language):
        published = limit(value=3, unit=unit, text=text)

        assert text_beside(published, time_words(published)) == beside
