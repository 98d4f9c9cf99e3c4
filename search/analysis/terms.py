"""Words together: their pairs, their accents."""

from collections.abc import Iterable
from itertools import pairwise

from search.analysis.tokens import Token

# Joins two syllables into one term; no word contains it.
PAIR_MARK = "_"


def folded_pairs(terms: Iterable[str]) -> list[str]:
    """Return each two adjacent folded words as one term: `ket`, `hon` → `ket_hon`."""
    return [PAIR_MARK.join(pair) for pair in pairwise(terms)]


def has_accents(tokens: Iterable[Token]) -> bool:
    """Tell whether the writer typed Vietnamese accents or đ anywhere."""
    return any(token.text != token.folded for token in tokens)
