"""Words of a text with their place in it."""

import re
from functools import lru_cache
from typing import NamedTuple

from catalogue.text import fold
from search.analysis.spelling import normal_spelling

# A letter or digit, then letters, digits, the combining marks of decomposed text, and between them
# what nobody sees: soft hyphens, zero-width marks.
_WORD = re.compile(r"[^\W_](?:[\u00ad\u200b-\u200d\u2060\ufeff]*(?:[^\W_]|[\u0300-\u036f]))*")


class Token(NamedTuple):
    """One word: its normal spelling, the same without accents, and where it stands.

    `start` and `end` are offsets in characters: `text[start:end]` is the word as written.
    """

    text: str
    folded: str
    start: int
    end: int


def tokenize(text: str) -> list[Token]:
    """Return the words of a text in order, with offsets into it."""
    return [Token(*_forms(found.group()), *found.span()) for found in _WORD.finditer(text)]


def folded_terms(text: str) -> list[str]:
    """Return the folded words of a text in order."""
    return [_forms(word)[1] for word in _WORD.findall(text)]


@lru_cache(maxsize=1 << 16)
def _forms(word: str) -> tuple[str, str]:
    spelled = normal_spelling(word)
    return spelled, fold(spelled)
