"""By when the agency answers a submission.

D61 promises nothing for the time between sending online and reception. Art. 18(2) hands a paper
dossier over on the same day, at the latest at the start of the next working day; the same limit
is taken for the answer to a submission. An installation sets it by the rule below.
"""

from datetime import datetime, time, timedelta

from catalogue.clock import LOCAL_TZ, local
from catalogue.models import Agency
from catalogue.selectors.rules import RuleNotFound, rule
from formbuilder.ports import ports

RULE = "reception.answer_working_days"
WORKING_DAYS = 1
CLOSING = time(17)
SATURDAY = 5


def answer_by(submitted_at: datetime, agency: Agency) -> datetime:
    """Return the end of the working day by which `agency` answers what came at `submitted_at`."""
    try:
        working_days = int(rule(RULE, on=local(submitted_at).date()))
    except RuleNotFound:
        working_days = WORKING_DAYS
    count = ports.answer_clock or _monday_to_friday
    return count(submitted_at, working_days, agency)


def _monday_to_friday(start: datetime, working_days: int, _agency: Agency) -> datetime:
    """Count weekdays where no app knows the calendar of agencies."""
    day, left = local(start).date(), working_days
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < SATURDAY
    return datetime.combine(day, CLOSING, LOCAL_TZ)
