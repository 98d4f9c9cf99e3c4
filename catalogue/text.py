"""Vietnamese text: normal form, folding, slugs and sort keys."""

import re
import unicodedata
from functools import lru_cache

_D = str.maketrans({"đ": "d", "Đ": "D", "Ð": "D", "ð": "d"})
# Zero-width marks, direction overrides and isolates, halves of surrogate pairs, signs of symbol
# fonts (private use), which no other font shows.
_INVISIBLE = re.compile(
    r"[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u00ad\ud800-\udfff\ue000-\uf8ff]"
)
# Not those that are white space: tabs, line ends, separators.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_RANK = {letter: f"{rank:02d}" for rank, letter in enumerate(LETTERS, 10)}
_OPENING = re.compile(r"\W*thủ\s+tục\W+(?=\w)", re.IGNORECASE)
# Tones in the order of Vietnamese dictionaries: level, grave, hook, tilde, acute, dot.
_TONE_RANK = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}


def normalise(text: str) -> str:
    """Return `text` in NFC, without control or invisible characters, white space collapsed."""
    visible = _CONTROL.sub("", _INVISIBLE.sub("", text))
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", visible)).strip()


def normalise_lines(text: str) -> str:
    """Return `text` as `normalise` does, keeping its line breaks and dropping empty lines."""
    lines = (normalise(line) for line in re.split(r"\r\n?|\n", text))
    return "\n".join(line for line in lines if line)


def fold(text: str) -> str:
    """Return `text` in lower case without marks, đ as d: the form in which people type it."""
    decomposed = unicodedata.normalize("NFD", text.translate(_D).lower())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def slugify_vi(text: str) -> str:
    """Return `text` as an ASCII slug that keeps Đ as d."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


def without_opening(name: str) -> str:
    """Return a procedure's name without the words "Thủ tục" that open many of them."""
    opening = _OPENING.match(name)
    return name[opening.end() :] if opening else name


def sort_key(text: str) -> str:
    """Return an ASCII key whose byte order is Vietnamese dictionary order.

    Letters decide first, over the whole text; tones only between texts of the same letters.
    """
    letters: list[str] = []
    tones: list[str] = []
    for char in unicodedata.normalize("NFC", text).lower().replace("ð", "đ"):
        base, tone = _split_tone(char)
        letters.append(_LETTER_RANK.get(base) or "".join(map(_other_rank, base)))
        tones.append(tone)
    return "".join(letters) + "!" + "".join(tones)


def first_letter(text: str) -> str:
    """Return the letter of the alphabet under which a list shows `text`, "#" for anything else.

    Ă, Â, Đ, Ê, Ô, Ơ and Ư are letters of their own; tones are not.
    """
    base, _tone = _split_tone(text[:1].lower().replace("ð", "đ"))
    return base.upper() if base in _LETTER_RANK else "#"


def _other_rank(char: str) -> str:
    return "00" if char.isspace() else f"01{ord(char):06x}"


@lru_cache(maxsize=4096)
def _split_tone(char: str) -> tuple[str, str]:
    marks = unicodedata.normalize("NFD", char)
    tone = next((_TONE_RANK[mark] for mark in marks if mark in _TONE_RANK), "0")
    base = "".join(mark for mark in marks if mark not in _TONE_RANK)
    return unicodedata.normalize("NFC", base), tone
