"""What the words of the catalogue are, how often they occur, and which stand side by side."""

import json
import math
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from itertools import pairwise

from catalogue.text import fold
from search.analysis.tokens import tokenize

fold_word = lru_cache(maxsize=1 << 14)(fold)

Counts = Mapping[str, int]
Pairs = Mapping[str, Counts]

# Rarer words and pairs are mostly slips of the texts themselves.
_MIN_WORDS = 3
_MIN_PAIRS = 2
_UNSEEN = 0.1


class Wording:
    """Words in one way of writing (with or without accents) and what follows what."""

    def __init__(self, counts: Counts, pairs: Pairs) -> None:
        self.counts = counts
        self.pairs = pairs
        self._total = sum(counts.values()) + 1
        self._followed = {word: sum(after.values()) for word, after in pairs.items()}

    def __contains__(self, word: str) -> bool:
        return word in self.counts

    def count(self, before: str, word: str) -> int:
        """Return how often `word` follows `before`."""
        return self.pairs.get(before, {}).get(word, 0)

    def surprise(self, before: str | None, word: str) -> float:
        """Return how unlikely `word` is after `before`, in nats; None is the beginning."""
        chance = (self.counts.get(word, 0) + _UNSEEN) / self._total
        if before is not None and (after := self.pairs.get(before)):
            # Witten and Bell: a word with few different followers hardly ever has another.
            followed, followers = self._followed[before], len(after)
            chance = (after.get(word, 0) + followers * chance) / (followed + followers)
        return -math.log(chance)


class Lexicon:
    """The words and pairs of words of the catalogue, with accents, counted.

    `counts` and `pairs` are those of words in normal spelling; `written` is how texts mostly write
    a word that they write otherwise (`hoà` → `hòa`).
    """

    def __init__(
        self,
        counts: Counts | None = None,
        pairs: Pairs | None = None,
        written: Mapping[str, str] | None = None,
    ) -> None:
        self.accented = Wording(counts or {}, pairs or {})
        self.written = written or {}

    @classmethod
    def from_texts(cls, texts: Iterable[tuple[str, int]]) -> "Lexicon":
        """Count the words of texts; each comes with its weight, a whole number."""
        counts: Counter[str] = Counter()
        pairs: Counter[tuple[str, str]] = Counter()
        written: dict[str, Counter[str]] = {}
        for text, weight in texts:
            tokens = [token for token in tokenize(text) if not token.text.isdigit()]
            for token in tokens:
                counts[token.text] += weight
                form = text[token.start : token.end].lower()
                if form != token.text:
                    written.setdefault(token.text, Counter())[form] += weight
            for a, b in pairwise(tokens):
                pairs[a.text, b.text] += weight
        return cls._pruned(counts, pairs, written)

    @classmethod
    def _pruned(
        cls,
        counts: Counter[str],
        pairs: Counter[tuple[str, str]],
        written: Mapping[str, Counter[str]],
    ) -> "Lexicon":
        kept = {word: count for word, count in counts.items() if count >= _MIN_WORDS}
        following: dict[str, dict[str, int]] = {}
        for (a, b), count in sorted(pairs.items()):
            if count >= _MIN_PAIRS and a in kept and b in kept:
                following.setdefault(a, {})[b] = count
        forms = {
            word: form
            for word, found in written.items()
            for form, count in found.most_common(1)
            if word in kept and 2 * count > counts[word]
        }
        return cls(kept, following, forms)

    @classmethod
    def from_bytes(cls, payload: bytes) -> "Lexicon":
        """Return the lexicon that `to_bytes` stored. Raises ValueError when it is none."""
        try:
            stored = json.loads(zlib.decompress(payload))
            return cls(stored["counts"], stored["pairs"], stored["written"])
        except (zlib.error, KeyError, TypeError) as error:
            raise ValueError(f"No lexicon: {error!r}") from error

    def to_bytes(self) -> bytes:
        """Return the lexicon as compressed JSON."""
        stored = {
            "counts": self.accented.counts,
            "pairs": self.accented.pairs,
            "written": self.written,
        }
        text = json.dumps(stored, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        return zlib.compress(text.encode(), 9)

    def __bool__(self) -> bool:
        return bool(self.accented.counts)

    @cached_property
    def spellings(self) -> dict[str, list[str]]:
        """The accented spellings of each folded word, the most frequent first."""
        spellings: dict[str, list[str]] = {}
        counts = self.accented.counts
        for word in sorted(counts, key=lambda word: (-counts[word], word)):
            spellings.setdefault(fold_word(word), []).append(word)
        return spellings

    @cached_property
    def folded(self) -> Wording:
        """The same words and pairs without accents."""
        counts: Counter[str] = Counter()
        for word, count in self.accented.counts.items():
            counts[fold_word(word)] += count
        pairs: dict[str, dict[str, int]] = {}
        for word, after in self.accented.pairs.items():
            merged = pairs.setdefault(fold_word(word), {})
            for other, count in after.items():
                folded = fold_word(other)
                merged[folded] = merged.get(folded, 0) + count
        return Wording(counts, pairs)
