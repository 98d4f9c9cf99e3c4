"""Procedure codes in running text."""

import re

# `1.004873`, `1004873` and the long form `1.004873.000.00.00.H18` of provincial lists.
_CODE = re.compile(r"(?<![\w.])(\d)\.?(\d{6})(?:(?:\.\d+)+(?:\.H\d+)?)?(?![\w])")

_BEGUN_CODE = re.compile(r"(\d)\.(\d{1,5})")


def normalise_code(text: str) -> str | None:
    """Return `1.004873` when the whole text is a procedure code in any known form."""
    found = _CODE.fullmatch(text.strip())
    return f"{found[1]}.{found[2]}" if found else None


def find_codes(text: str) -> tuple[tuple[str, ...], str]:
    """Return the codes that stand in a text, and the text without them."""
    codes = tuple(dict.fromkeys(f"{a}.{b}" for a, b in _CODE.findall(text)))
    return codes, _CODE.sub(" ", text)


def begun_code(text: str) -> tuple[str, str] | None:
    """Return the two parts of a code of which a text is the beginning: `1.0048` → `1`, `0048`."""
    found = _BEGUN_CODE.fullmatch(text.strip())
    return (found[1], found[2]) if found else None
