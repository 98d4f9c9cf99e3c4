"""Words together: their pairs, their accents, the words that open a name."""

from collections.abc import Iterable
from itertools import pairwise

from search.analysis.tokens import Token, tokenize

# Joins two syllables into one term; no word contains it.
PAIR_MARK = "_"


def folded_pairs(terms: Iterable[str]) -> list[str]:
    """Return each two adjacent folded words as one term: `ket`, `hon` → `ket_hon`."""
    return [PAIR_MARK.join(pair) for pair in pairwise(terms)]


def without_opening(name: str) -> str:
    """Return a procedure's name without the words "Thủ tục" that open many of them."""
    words = tokenize(name)
    if [word.text for word in words[:2]] == ["thủ", "tục"] and len(words) > 2:
        return name[words[2].start :]
    return name


def has_accents(tokens: Iterable[Token]) -> bool:
    """Tell whether the writer typed Vietnamese accents or đ anywhere."""
    return any(token.text != token.folded for token in tokens)
