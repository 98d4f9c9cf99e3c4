"""Which days a decision may name."""

from datetime import date

from django.utils.translation import gettext as _

from catalogue import clock
from catalogue.services.decisions.states import DecisionRefused

# No act of this State is older than the State itself.
FIRST_DAY = date(1945, 9, 2)
YEARS_AHEAD = 10


def day_problem(day: date) -> str:
    """Return why no decision is signed or takes effect on `day`, or nothing."""
    today = clock.today()
    last = (today.year + YEARS_AHEAD, today.month, today.day)
    if day >= FIRST_DAY and (day.year, day.month, day.day) <= last:
        return ""
    return _("Give a day from 02/09/1945 to %d years from today.") % YEARS_AHEAD


def refuse_impossible_day(day: date) -> None:
    """Raise `DecisionRefused` for a day that is a slip: before 1945, or too far ahead."""
    if problem := day_problem(day):
        raise DecisionRefused(problem)
