"""An e-mail address."""

from typing import Any

from formbuilder.questions.base import read_line
from formbuilder.questions.formatted import FormattedText


class Email(FormattedText):
    """An e-mail address; its domain is stored in small letters."""

    name = "email"
    format = "email"
    attributes = {"inputmode": "email", "autocomplete": "email", "spellcheck": "false"}

    def read(self, value: Any) -> str | None:
        """Return the address without blanks around it."""
        line = read_line(value)
        if line is None or "@" not in line:
            return line
        local, _at, domain = line.rpartition("@")
        return f"{local}@{domain.lower()}"
