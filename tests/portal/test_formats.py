from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template
from django.utils.formats import date_format, number_format, time_format
from django.utils.translation import override

LANGUAGES = ["vi", "en"]
# 22:30 of the day before in Greenwich.
MORNING = datetime(2026, 11, 2, 22, 30, tzinfo=UTC)


def render(expression, **context):
    return Template("{% load vietnamese %}{{ " + expression + " }}").render(Context(context))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("typed", ["03/11/2026", "3/11/2026", "03-11-2026", "3.11.2026"])
def test_day_comes_before_month(language, typed):
    with override(language):
        read = forms.DateField(localize=True).clean(typed)

    assert read == date(2026, 11, 3)


@pytest.mark.parametrize("typed", ["30/02/2026", "31/11/2026", "11/30/2026", "03/11/26"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_f9_impossible_or_short_date_is_refused(language, typed):
    with override(language), pytest.raises(forms.ValidationError):
        forms.DateField().clean(typed)


def test_iso_date_of_a_browser_is_read():
    with override("vi"):
        assert forms.DateField().clean("2026-11-03") == date(2026, 11, 3)


@pytest.mark.parametrize("typed", ["14:30", "14h30"])
def test_time_has_24_hours(typed):
    with override("vi"):
        assert forms.TimeField().clean(typed) == time(14, 30)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["DATE_FORMAT", "SHORT_DATE_FORMAT"])
def test_day_is_shown_as_it_is_typed(language, name):
    with override(language):
        assert date_format(date(2026, 11, 3), name) == "03/11/2026"


@pytest.mark.parametrize(("language", "month"), [("vi", "tháng 3/2026"), ("en", "March 2026")])
def test_month_is_shown_with_its_year(language, month):
    with override(language):
        assert date_format(date(2026, 3, 1), "YEAR_MONTH_FORMAT") == month


@pytest.mark.parametrize("language", LANGUAGES)
def test_time_is_shown_with_24_hours(language):
    with override(language):
        assert time_format(time(14, 5)) == "14:05"


def test_decimal_comma_is_read_and_shown():
    with override("vi"):
        assert forms.DecimalField(localize=True).clean("1,5") == Decimal("1.5")
        assert number_format(Decimal("1000000.5"), force_grouping=True) == "1.000.000,5"


@pytest.mark.parametrize(("language", "shown"), [("vi", "1.000.000 ₫"), ("en", "1,000,000 ₫")])
def test_money_is_grouped_in_threes(language, shown):
    with override(language):
        assert render("amount|money", amount=1_000_000) == shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_moment_is_shown_in_the_time_of_vietnam(language):
    with override(language):
        shown = (
            render("moment|vn_date", moment=MORNING),
            render("moment|vn_datetime", moment=MORNING),
        )

    assert shown == ("03/11/2026", "03/11/2026 05:30")


def test_date_without_time_is_shown_as_it_is():
    with override("vi"):
        assert render("day|vn_date", day=date(2026, 11, 3)) == "03/11/2026"


@pytest.mark.parametrize("expression", ["none|money", "none|vn_date", "none|vn_datetime"])
def test_missing_value_shows_nothing(expression):
    assert render(expression, none=None) == ""


@pytest.mark.parametrize(
    ("language", "value", "unit", "shown"),
    [
        ("vi", 3, "working_day", "3 ngày làm việc"),
        ("en", 3, "working_day", "3 working days"),
        ("en", 1, "working_day", "1 working day"),
        ("vi", 1.5, "hour", "1,5 giờ"),
        ("vi", 2, "month", "2 tháng"),
    ],
)
def test_time_limit_is_told_in_words(language, value, unit, shown):
    with override(language):
        assert render("value|working_time:unit", value=value, unit=unit) == shown
