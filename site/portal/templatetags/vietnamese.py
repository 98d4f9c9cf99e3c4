"""Template filters for amounts, days and time limits."""

from datetime import date, datetime

from django import template
from django.utils.formats import date_format

from catalogue import clock, wording

register = template.Library()


@register.filter
def money(amount: int | None) -> str:
    """Return an amount of whole đồng: 1.000.000 ₫; nothing for None."""
    return "" if amount is None else wording.money(amount, "VND")


@register.filter
def vn_date(moment: date | datetime | None) -> str:
    """Return the day in Vietnam of a date or an aware moment: 03/11/2026; nothing for None."""
    if moment is None:
        return ""
    day = clock.local(moment) if isinstance(moment, datetime) else moment
    return date_format(day, "SHORT_DATE_FORMAT")


@register.filter
def vn_datetime(moment: datetime | None) -> str:
    """Return an aware moment in Vietnam's time: 03/11/2026 14:30; nothing for None."""
    return "" if moment is None else date_format(clock.local(moment), "SHORT_DATETIME_FORMAT")


@register.filter
def working_time(value: int | float, unit: str | None) -> str:
    """Return a time limit of `value` in `unit` (`TimeUnit`): 3 ngày làm việc, 3 working days."""
    return wording.time_words({"state": "stated", "value": value, "unit": unit, "text": ""})
