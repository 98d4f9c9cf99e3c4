"""A day, typed as day/month/year and stored as YYYY-MM-DD."""

import re
from datetime import date
from typing import Any

from formbuilder.definition import Question
from formbuilder.questions.base import Item, Messages, read_line
from formbuilder.questions.digits import ascii_digits
from formbuilder.questions.formatted import FormattedText
from formbuilder.wording import words

EARLIEST = "1900-01-01"
LATEST = "2199-12-31"
_TYPED = re.compile(r"(\d{1,2})[\s/.\-]+(\d{1,2})[\s/.\-]+(\d{4})|(\d{2})(\d{2})(\d{4})", re.ASCII)
_STORED = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)


class Date(FormattedText):
    """A day of the calendar between 1900 and 2199."""

    name = "date"
    format = "date"
    attributes = {"inputmode": "numeric", "short": True, "autocomplete": "off"}

    def checks(self, question: Question) -> list[dict[str, Any]]:
        """Return the bounds, which the words `date` of JSON Schema cannot express."""
        return [
            bound(question, "tooEarly", ">=", EARLIEST),
            bound(question, "tooLate", "<=", LATEST),
        ]

    def messages(self, question: Question) -> Messages:
        """Return the words for the format and for both bounds."""
        messages = super().messages(question)
        for check in self.checks(question):
            messages[""][check["name"]] = words(f"{self.name}.{check['name']}")
        return messages

    def read(self, value: Any) -> str | None:
        """Return the day as YYYY-MM-DD, or what was typed when it is no day."""
        line = read_line(value)
        return stored_day(ascii_digits(line)) if line else None

    def initial(self, value: Any) -> dict[str, Any]:
        """Show the day as it is typed."""
        return {"": written_day(value)}

    def show(self, value: Any, item: Item, language: str) -> str:
        """Return the day as dd/mm/yyyy."""
        return written_day(value)


def bound(question: Question, name: str, operator: str, limit: Any) -> dict[str, Any]:
    """Return the check `name` that compares the answer of `question` with `limit`."""
    pointer = f"/{question.key}"
    return {
        "pointer": pointer,
        "name": name,
        "expression": {operator: [{"answer": pointer}, limit]},
    }


def stored_day(line: str) -> str:
    """Return a typed day as YYYY-MM-DD, or `line` itself when no such day exists (F9)."""
    typed = _TYPED.fullmatch(line)
    if not typed:
        return line
    day, month, year = (int(part) for part in typed.groups() if part)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return line


def written_day(value: Any) -> str:
    """Return a stored day as dd/mm/yyyy, anything else as it is."""
    stored = _STORED.fullmatch(str(value))
    return "/".join(reversed(stored.groups())) if stored else str(value)
