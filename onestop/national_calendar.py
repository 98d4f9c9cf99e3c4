"""The working calendar of the whole country, as the product ships it."""

from datetime import date
from typing import Any

import holidays

from onestop.calendar import DOCUMENT_SCHEMA

FIRST_YEAR, LAST_YEAR = 2024, 2027
SATURDAY, SUNDAY = 5, 6
# Eight hours in two halves of four; agencies set their own hours in a version of their own.
OFFICE_HOURS = [["07:30", "11:30"], ["13:00", "17:00"]]


def national_document() -> dict[str, Any]:
    """Return the calendar of the whole country: public holidays, swapped days, office hours."""
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    country = holidays.country_holidays("VN", years=years, language="vi")
    swapped = sorted(day for day in country.weekend_workdays if day.year in years)
    return {
        "schema": DOCUMENT_SCHEMA,
        "weekend": [SATURDAY, SUNDAY],
        "days_off": {day.isoformat(): name for day, name in sorted(country.items())},
        "extra_days": {day.isoformat(): "Ngày làm bù" for day in swapped},
        "sessions": OFFICE_HOURS,
        "first_day": date(FIRST_YEAR, 1, 1).isoformat(),
        "last_day": date(LAST_YEAR, 12, 31).isoformat(),
    }
