"""A date of birth; old papers know only the year."""

from typing import Any

from formbuilder.definition import Question
from formbuilder.questions.date import EARLIEST, Date, bound


class DateOfBirth(Date):
    """A day, or only a year, that is not in the future."""

    name = "date_of_birth"
    format = "date-of-birth"
    attributes = {"inputmode": "numeric", "short": True, "autocomplete": "bday"}

    def checks(self, question: Question) -> list[dict[str, Any]]:
        """Return the bounds: 1900 and today."""
        return [
            bound(question, "tooEarly", ">=", EARLIEST[:4]),
            bound(question, "inFuture", "<=", {"today": True}),
        ]
