"""What one typed word may mean in the lexicon, each reading with its cost in nats."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from search.analysis.keyboard import decode_keystrokes
from search.analysis.lexicon import Lexicon, fold_word
from search.analysis.slips import letter_slips, likely_slips
from search.analysis.syllables import is_syllable, split_tone

# What it costs that an input method was off, accents or spaces are missing or others.
KEYSTROKES = 0.5
NO_ACCENTS = 1.0
OTHER_TONE = 2.0
OTHER_MARKS = 1.5
NO_SPACE = 1.0
ADDED_SPACE = 2.0

_MARKED_LETTERS = frozenset("ăâđêôơư")
# A syllable has at most seven letters; two keystrokes more are typical.
_LONGEST_PIECE = 9
_MOST_WAYS = 4
# In so short a word with keystrokes nothing else is a slip.
_SHORTEST_KEYED = 2
# Longer ones are no words of which the spaces are missing.
_LONGEST_WORD = 32
_MOST_READINGS = 12
_FOREIGN_LENGTH = 5


class Reading(NamedTuple):
    """Words of the lexicon, where each ends in the typed word, and the cost of reading it so."""

    words: tuple[str, ...]
    ends: tuple[int, ...]
    cost: float


class Reader:
    """Reads words in one way of writing: with accents, or without."""

    def __init__(self, lexicon: Lexicon, *, accented: bool) -> None:
        self.wording = lexicon.accented if accented else lexicon.folded
        self._spellings = lexicon.spellings
        self._targets = {
            word for word in self._spellings if len(word) >= _FOREIGN_LENGTH or is_syllable(word)
        }
        self._accented = accented
        self.piece = lru_cache(maxsize=1 << 12)(self._read_piece)
        self.meant = lru_cache(maxsize=1 << 12)(self._read_as_meant)
        self.slipped = lru_cache(maxsize=1 << 12)(self._read_as_slipped)
        self.doubted = lru_cache(maxsize=1 << 12)(self._read_with_doubt)

    def _read_as_meant(self, word: str) -> tuple[Reading, ...]:
        """Return how an unknown word reads by its keystrokes, or with other accents."""
        return self._best(word, self._meant(word))

    def _read_as_slipped(self, word: str) -> tuple[Reading, ...]:
        """Return how an unknown word reads if letters or spaces are wrong; slow."""
        if len(word) > _LONGEST_WORD:
            return ()
        return (*self._best(word, self._slipped(word)), *self._split(word))

    def _read_with_doubt(self, word: str) -> tuple[Reading, ...]:
        """Return how a known word reads with other accents, or with a slip."""
        found = self._slipped_once(word) | self._meant(word)
        found.pop(word, None)
        return self._best(word, found)

    def _best(self, word: str, found: dict[str, float]) -> tuple[Reading, ...]:
        likely = sorted(found, key=lambda other: found[other] + self.wording.surprise(None, other))
        return tuple(
            Reading((other,), (len(word),), found[other]) for other in likely[:_MOST_READINGS]
        )

    def _meant(self, word: str) -> dict[str, float]:
        """Return the readings without a slip: keystrokes, or accents left out or wrong."""
        found = self._spelled(word, [(fold_word(word), 0.0)])
        if decoded := decode_keystrokes(word):
            found |= self._spelled(decoded, [(fold_word(decoded), KEYSTROKES)])
        return found

    def _slipped(self, word: str) -> dict[str, float]:
        decoded = decode_keystrokes(word)
        word = decoded if decoded and len(decoded) > _SHORTEST_KEYED else word
        if found := self._slipped_once(word):
            return found
        twice = (
            (other, cost + more)
            for once, cost in likely_slips(fold_word(word))
            for other, more in likely_slips(once)
        )
        return self._spelled(word, self._whole(twice))

    def _slipped_once(self, word: str) -> dict[str, float]:
        folded = fold_word(word)
        return self._spelled(word, self._whole((*likely_slips(folded), *letter_slips(folded))))

    def _whole(self, ways: Iterable[tuple[str, float]]) -> Iterator[tuple[str, float]]:
        """Yield the ways that are whole words: short strings without a vowel abbreviate some."""
        return (way for way in ways if way[0] in self._targets)

    def _spelled(self, typed: str, ways: Iterable[tuple[str, float]]) -> dict[str, float]:
        """Return the words of the lexicon among folded `ways`, in this way of writing."""
        found: dict[str, float] = {}
        for folded, cost in ways:
            for word in self._spellings.get(folded, ()):
                written = word if self._accented else folded
                total = cost + (_accent_cost(typed, word) if self._accented else 0.0)
                found[written] = min(total, found.get(written, total))
        return found

    def _split(self, word: str) -> Iterator[Reading]:
        """Yield the likeliest ways to cut a word into several."""
        ways: list[list[_Way]] = [[_Way(0.0, Reading((), (), -NO_SPACE))]]
        for end in range(1, len(word) + 1):
            here: list[_Way] = []
            for start in range(max(0, end - _LONGEST_PIECE), end):
                if ways[start] and end - start < len(word):
                    here += self._extended(ways[start], word[start:end], end)
            ways.append(sorted(here)[:_MOST_WAYS])
        yield from (way.reading for way in ways[-1])

    def _extended(self, ways: Iterable["_Way"], piece: str, end: int) -> Iterator["_Way"]:
        for word, cost in self.piece(piece):
            for total, (words, ends, before) in ways:
                last = words[-1] if words else None
                now = total + cost + NO_SPACE + self.wording.surprise(last, word)
                reading = Reading((*words, word), (*ends, end), before + cost + NO_SPACE)
                yield _Way(now, reading)

    def _read_piece(self, piece: str) -> list[tuple[str, float]]:
        """Return what a part of a word may be, the likeliest first."""
        if not is_syllable(decode_keystrokes(piece) or piece):
            return []
        meant = self._meant(piece)
        return sorted(meant.items(), key=lambda item: item[1])[:_MOST_WAYS]


class _Way(NamedTuple):
    """A beginning of a word cut into words, and how unlikely it is."""

    total: float
    reading: Reading


def _accent_cost(typed: str, word: str) -> float:
    """Return the cost of accents in `word` that are not those of `typed`, wherever they stand."""
    tone, marks = _accents(word)
    typed_tone, typed_marks = _accents(typed)
    if not typed_tone and not typed_marks:
        return NO_ACCENTS if tone or marks else 0.0
    return OTHER_TONE * (tone != typed_tone) + OTHER_MARKS * (marks != typed_marks)


@lru_cache(maxsize=1 << 14)
def _accents(word: str) -> tuple[str, frozenset[str]]:
    plain, tone = split_tone(word)
    return tone, _MARKED_LETTERS.intersection(plain)
