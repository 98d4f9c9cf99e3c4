"""Submission numbers: what a citizen notes down before there is a dossier code.

`N-2611-7K3F-9QXC-2MPHT`: the year and month for the eye, then twelve random characters and a
check character. Whoever has a number sees how far the dossier is (D61 art. 16(2)d), so it must
not be guessed: twelve characters of 32 are 60 bits; with a hundred million numbers given out one
guess in ten thousand million hits. The check character finds every wrong character and nearly
every swap of neighbours. The alphabet is Crockford's: no I, L, O and U.
"""

import re
import secrets
from datetime import date

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_CHARACTERS = 12
_LOOK_ALIKES = str.maketrans("OIL", "011")
_SHAPE = re.compile(rf"N(\d{{4}})([{ALPHABET}]{{{RANDOM_CHARACTERS + 1}}})", re.ASCII)


def new_submission_number(day: date) -> str:
    """Return a fresh number for a submission of `day`."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_CHARACTERS))
    month = f"{day:%y%m}"
    return _written(month, body + check_character(month + body))


def read_submission_number(text: str) -> str | None:
    """Return the number that somebody typed, in its written form, or None when it is none.

    Case, blanks, hyphens and the look-alikes O, I and L do not matter.
    """
    typed = re.sub(r"[^0-9A-Z]", "", text.upper()[:60])
    if not typed.startswith("N"):
        return None
    match = _SHAPE.fullmatch("N" + typed[1:].translate(_LOOK_ALIKES))
    if not match or check_character(match[1] + match[2][:-1]) != match[2][-1]:
        return None
    return _written(match[1], match[2])


def check_character(text: str) -> str:
    """Return the check character of `text` by the Luhn algorithm over 32 characters."""
    total = 0
    for place, char in enumerate(reversed(text)):
        value = ALPHABET.index(char) * (1 if place % 2 else 2)
        total += value // len(ALPHABET) + value % len(ALPHABET)
    return ALPHABET[-total % len(ALPHABET)]


def _written(month: str, body: str) -> str:
    return f"N-{month}-{body[:4]}-{body[4:8]}-{body[8:]}"
