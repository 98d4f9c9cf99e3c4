"""Personal data that readers type into a search box, taken out before a query is kept anywhere."""

import re

from catalogue.redaction import redact
from catalogue.text import normalise
from search.analysis.codes import find_codes

# Identity cards have 12 or 9 digits, telephone numbers 10 or 11: so many digits name a person,
# however they are grouped. Fewer are dates, sums and codes of procedures.
_LONG_NUMBER = re.compile(r"\(?\d(?:[\s.\-/()]{0,2}\d){8,}")
NUMBER_MARK = "[number]"
_MARK = re.compile(r"\[(?:e-mail|identity number|number|phone)\]")


def mask_personal(text: str) -> str:
    """Return `text` without identity numbers, telephone numbers, e-mail addresses.

    Any number of nine digits or more is taken out, also one written in groups or with digits of
    another script; codes of procedures stay.
    """
    codes, rest = find_codes(_plain_digits(text))
    return " ".join([*codes, _LONG_NUMBER.sub(NUMBER_MARK, redact(rest)).strip()]).strip()


def _plain_digits(text: str) -> str:
    """Return `text` with the digits of every script as 0-9."""
    return re.sub(r"\d", lambda digit: str(int(digit.group())), text)


def without_marks(text: str) -> str:
    """Return a masked text without the marks of what was taken out."""
    return normalise(_MARK.sub(" ", text))
