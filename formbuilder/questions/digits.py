"""Digits as people type them: full-width or Arabic ones become 0–9 (abuse case N3)."""

import unicodedata


def ascii_digits(text: str) -> str:
    """Return `text` with every decimal digit of any script as 0–9."""
    return "".join(
        str(unicodedata.digit(char)) if unicodedata.category(char) == "Nd" else char
        for char in text
    )
