"""What can be told from the words about a fee."""

import re

from catalogue.text import fold

# Smaller amounts in the export are thousands, foreign money or rates: the text is kept instead.
SMALLEST_AMOUNT = 100
_COUNCIL = re.compile(r"hoi dong nhan dan|\bhdnd\b")


def names_a_council(text: str) -> bool:
    """Whether `text` leaves the fee to a people's council."""
    return bool(_COUNCIL.search(fold(text)))
