"""Words of a text with their place in it."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from catalogue.text import fold
from search.analysis.spelling import normal_spelling

# A letter or digit, then letters, digits and the combining marks of decomposed text.
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")

_folded = lru_cache(maxsize=1 << 16)(fold)


@dataclass(frozen=True)
class Token:
    """One word: its normal spelling and where it stands in the original text.

    `start` and `end` are offsets in characters: `text[start:end]` is the word as written.
    """

    text: str
    start: int
    end: int

    @cached_property
    def folded(self) -> str:
        """The word without accents, đ as d."""
        return _folded(self.text)


def tokenize(text: str) -> list[Token]:
    """Return the words of a text in order, with offsets into it."""
    return [
        Token(normal_spelling(found.group()), found.start(), found.end())
        for found in _WORD.finditer(text)
    ]
