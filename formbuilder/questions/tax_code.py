"""The tax code of an organisation or a household business."""

import re
from typing import Any

from formbuilder.questions.base import read_line
from formbuilder.questions.digits import ascii_digits
from formbuilder.questions.formatted import FormattedText


class TaxCode(FormattedText):
    """A tax code, with the number of the branch after a hyphen."""

    name = "tax_code"
    format = "tax-code"
    attributes = {"inputmode": "text", "short": True, "spellcheck": "false"}

    def read(self, value: Any) -> str | None:
        """Return the code without blanks and points."""
        line = read_line(value)
        return re.sub(r"[\s.]+", "", ascii_digits(line)) if line else None
