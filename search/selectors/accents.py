"""The reader's words with the accents that the found procedures give them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from search.analysis import Token, has_accents, tokenize

_MIN_WORDS = 2


def restore_accents(text: str, names: Iterable[str]) -> str | None:
    """Return what a reader without accents means, in lower case, or None when that is not sure.

    Each typed word takes the spelling that the found `names` give it beside its neighbour; a word
    that stands beside no neighbour of its own in any name leaves the whole text as it is.
    """
    typed = tokenize(text)
    if len(typed) < _MIN_WORDS or has_accents(typed):
        return None
    spellings = _pair_spellings(names)
    pairs = [spellings.get((a.text, b.text)) for a, b in pairwise(typed)]
    words = [_spelling(pairs, place) for place in range(len(typed))]
    restored = " ".join(word for word in words if word)
    return restored if all(words) and restored != " ".join(token.text for token in typed) else None


def _pair_spellings(names: Iterable[str]) -> dict[tuple[str, str], Counter[tuple[str, str]]]:
    spellings: dict[tuple[str, str], Counter[tuple[str, str]]] = {}
    for name in names:
        for a, b in pairwise(tokenize(name)):
            written = (_as_written(name, a), _as_written(name, b))
            spellings.setdefault((a.folded, b.folded), Counter())[written] += 1
    return spellings


def _as_written(name: str, token: Token) -> str:
    return name[token.start : token.end].lower()


def _spelling(pairs: Sequence[Counter[tuple[str, str]] | None], place: int) -> str | None:
    """Return the spelling of the word at `place` seen most often in its pairs on both sides."""
    votes: Counter[str] = Counter()
    for pair, side in ((place - 1, 1), (place, 0)):
        counted = pairs[pair] if 0 <= pair < len(pairs) else None
        for words, count in (counted or {}).items():
            votes[words[side]] += count
    return votes.most_common(1)[0][0] if votes else None
