"""Personal data that readers type into a search box, taken out before a query is kept anywhere."""

import re

from catalogue.redaction import redact
from catalogue.text import normalise

# Identity cards have 12 or 9 digits, telephone numbers 10 or 11: so many digits name a person,
# however they are grouped. Fewer are dates, sums and codes of procedures.
_LONG_NUMBER = re.compile(r"[(+]?\d(?:[\W_]{0,2}\d){8,}")
# Only as it is published, with its dot: seven digits alone may be a part of a telephone number,
# which begins with 0, as no code does.
_CODE = re.compile(r"((?<![\w.])[1-9]\.\d{6}(?:\.\d{3}(?:\.\d{2}){2}(?:\.H\d+)?)?(?!\w))")
NUMBER_MARK = "[number]"
_MARK = re.compile(r"\[(?:e-mail|identity number|number|phone)\]")


def mask_personal(text: str) -> str:
    """Return `text` without identity numbers, telephone numbers, e-mail addresses.

    Any number of nine digits or more is taken out, also one written in groups or with digits of
    another script; codes of procedures stay.
    """
    pieces = _CODE.split(_plain_digits(text))
    pieces[::2] = (redact(_LONG_NUMBER.sub(_mark_of, piece)) for piece in pieces[::2])
    return "".join(pieces).strip()


def _mark_of(number: re.Match[str]) -> str:
    """Return what a long number is, where it is one as a whole."""
    mark = redact(number.group())
    return mark if _MARK.fullmatch(mark) else NUMBER_MARK


def _plain_digits(text: str) -> str:
    """Return `text` with the digits of every script as 0-9."""
    return re.sub(r"\d", lambda digit: str(int(digit.group())), text)


def without_marks(text: str) -> str:
    """Return a masked text without the marks of what was taken out."""
    return normalise(_MARK.sub(" ", text))
