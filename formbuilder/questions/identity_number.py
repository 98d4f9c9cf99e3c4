"""The number of the identity card; old numbers of nine digits live on."""

import re
from typing import Any

from formbuilder.questions.base import read_line
from formbuilder.questions.digits import ascii_digits
from formbuilder.questions.formatted import FormattedText


class IdentityNumber(FormattedText):
    """A personal identity number; blanks and points between digits are dropped."""

    name = "identity_number"
    format = "identity-number"
    attributes = {"inputmode": "numeric", "short": True, "spellcheck": "false"}

    def read(self, value: Any) -> str | None:
        """Return the digits together."""
        line = read_line(value)
        return re.sub(r"[\s.\-]+", "", ascii_digits(line)) if line else None
