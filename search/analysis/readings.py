"""What one typed word may mean in the lexicon, each reading with its cost in nats."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from search.analysis.keyboard import decode_keystrokes
from search.analysis.lexicon import Lexicon, fold_word
from search.analysis.slips import letter_slips, likely_slips
from search.analysis.syllables import is_syllable, split_tone

# What it costs that an input method was off, accents or a space are missing or others.
KEYSTROKES = 0.5
NO_ACCENTS = 1.0
OTHER_TONE = 2.0
OTHER_MARKS = 1.5
NO_SPACE = 2.0

_MARKED_LETTERS = frozenset("ăâđêôơư")
_LONGEST_SYLLABLE = 7
_MOST_READINGS = 24


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
        self._accented = accented
        self.meant = lru_cache(maxsize=1 << 12)(self._read_as_meant)
        self.slipped = lru_cache(maxsize=1 << 12)(self._read_as_slipped)
        self.doubted = lru_cache(maxsize=1 << 12)(self._read_with_doubt)

    def _read_as_meant(self, word: str) -> tuple[Reading, ...]:
        """Return how an unknown word reads by its keystrokes, or with other accents."""
        return self._best(word, self._meant(word))

    def _read_as_slipped(self, word: str) -> tuple[Reading, ...]:
        """Return how an unknown word reads if letters or spaces are wrong; slow."""
        return (*self._best(word, self._slipped(word)), *self._split(word))

    def _read_with_doubt(self, word: str) -> tuple[Reading, ...]:
        """Return how a known word reads with other accents, or as a likely slip."""
        found = self._spelled(word, [(fold_word(word), 0.0), *likely_slips(fold_word(word))])
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
        word = decode_keystrokes(word) or word
        folded = fold_word(word)
        likely = list(likely_slips(folded))
        found = self._spelled(word, [*likely, *letter_slips(folded)])
        if found or len(folded) > _LONGEST_SYLLABLE + 2:
            return found
        twice = ((w, cost + more) for first, cost in likely for w, more in letter_slips(first))
        return self._spelled(word, twice)

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
        """Yield the likeliest way to cut a word into several, if there is one."""
        best: dict[int, dict[str, tuple[float, Reading]]] = {0: {"": (0.0, Reading((), (), 0.0))}}
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - _LONGEST_SYLLABLE - 1), end):
                if start in best and (start, end) != (0, len(word)):
                    self._extend(best, start, end, word[start:end])
        ways = sorted(best.get(len(word), {}).values())
        yield from (reading for _total, reading in ways[:2])

    def _extend(
        self,
        best: dict[int, dict[str, tuple[float, Reading]]],
        start: int,
        end: int,
        piece: str,
    ) -> None:
        for word, cost in self._meant_piece(piece):
            for before, (total, reading) in best[start].items():
                cost_here = cost + (NO_SPACE if before else 0.0)
                now = total + cost_here + self.wording.surprise(before or None, word)
                ways = best.setdefault(end, {})
                if word not in ways or now < ways[word][0]:
                    joined = Reading(
                        (*reading.words, word), (*reading.ends, end), reading.cost + cost_here
                    )
                    ways[word] = (now, joined)

    def _meant_piece(self, piece: str) -> list[tuple[str, float]]:
        if not is_syllable(piece) and not decode_keystrokes(piece):
            return []
        meant = self._meant(piece)
        return sorted(meant.items(), key=lambda item: item[1])[:4] if meant else []


def _accent_cost(typed: str, word: str) -> float:
    """Return the cost of accents in `word` that are not those of `typed`, wherever they stand."""
    typed_plain, typed_tone = split_tone(typed)
    plain, tone = split_tone(word)
    marks, typed_marks = (_MARKED_LETTERS.intersection(text) for text in (plain, typed_plain))
    if not typed_tone and not typed_marks:
        return NO_ACCENTS if tone or marks else 0.0
    return OTHER_TONE * (tone != typed_tone) + OTHER_MARKS * (marks != typed_marks)
