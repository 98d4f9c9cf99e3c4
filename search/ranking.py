"""In which order a reader sees the best hits of an engine: by how name and query cover each other.

An engine finds, and scores by its own BM25. Its best hits are then ordered here, alike for every
engine: BM25 alone lets a long name with many of the words beat the short one that is meant.
"""

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from catalogue.enums import Audience, Level
from search.analysis.terms import PAIR_MARK
from search.query import SearchQuery, weights

# So many of the best hits are ordered anew; those behind them stay in the engine's order.
WINDOW = 100


@dataclass(frozen=True)
class Candidate:
    """What ordering needs to know of one hit: `words` are the folded words of its name."""

    code: str
    score: float
    words: Sequence[str]
    levels: Sequence[str]
    audiences: Sequence[str]


class WordStatistics:
    """How much a folded word tells, from the number of documents that have it.

    `count` gives the number of documents that have a term in a field of the index.
    """

    def __init__(self, documents: int, count: Callable[[str, str], int]) -> None:
        self.documents = documents
        self._count = count
        self._rarities: dict[tuple[str, str], float] = {}

    def rarity(self, field: str, term: str) -> float:
        """Return the inverse document frequency of a term, as in BM25; 0 when no document has it.

        Only terms of the index are kept in memory, never what readers invent.
        """
        known = self._rarities.get((field, term))
        if known is not None:
            return known
        count = self._count(field, term)
        if not count:
            return 0.0
        rarity = math.log(1 + (self.documents - count + 0.5) / (count + 0.5))
        self._rarities[field, term] = rarity
        return rarity

    def importance(self, word: str) -> float:
        """Return how much a word of a query tells which procedure is meant.

        A rare word tells much, but one that texts use and names avoid is talk, however rare.
        """
        share = (self._count("name", word) + 0.5) / (self._count("text", word) + 10)
        return max(self.rarity("name", word) * math.sqrt(share), 0.1)


def rank(
    query: SearchQuery, candidates: Sequence[Candidate], statistics: WordStatistics
) -> list[int]:
    """Return the places of the candidates in the order in which a reader sees them.

    Own codes come first, then names that are the query, then the greatest sum of weighted
    features; equals keep the order of the engine.
    """
    asked = _Asked(query, statistics)
    best = max((candidate.score for candidate in candidates), default=0.0) or 1.0
    keys = [
        (
            candidate.code not in query.codes,
            not asked.is_name(candidate.words),
            -sum(
                weights()["ranking"][name] * value
                for name, value in asked.features(candidate, best).items()
            ),
        )
        for candidate in candidates
    ]
    return sorted(range(len(candidates)), key=keys.__getitem__)


class _Asked:
    """A query made ready to be compared with many names."""

    def __init__(self, query: SearchQuery, statistics: WordStatistics) -> None:
        self._statistics = statistics
        self._words = query.words
        self._is_cut = query.is_cut
        self._groups = [(self._importance(group), group) for group in query.groups]
        self._total = sum(importance for importance, _ in self._groups) or 1.0
        self._pairs = {
            tuple(term.term.split(PAIR_MARK)): term.boost * statistics.rarity(term.field, term.term)
            for term in query.scores
            if term.field == "name_pairs"
        }
        self._pair_total = sum(self._pairs.values()) or 1.0

    def _importance(self, group: Sequence[Sequence[str]]) -> float:
        said, *meant = group
        importance = self._statistics.importance
        meanings = (sum(map(importance, words)) / len(words) for words in meant)
        return max(min(map(importance, said)), *meanings, 0.0)

    def is_name(self, words: Sequence[str]) -> bool:
        """Tell whether the query is a name, or its beginning where it had to be cut."""
        return list(words[: len(self._words)] if self._is_cut else words) == list(self._words)

    def features(self, candidate: Candidate, best: float) -> dict[str, float]:
        """Return the features of a candidate, each from 0 to 1; `best` is the greatest score."""
        words = frozenset(candidate.words)
        covered, answered = 0.0, set[str]()
        for importance, group in self._groups:
            held = [alternative for alternative in group if words.issuperset(alternative)]
            if held:
                covered += importance
                answered.update(*held)
        rarity = self._statistics.rarity
        name = sum(rarity("name", word) for word in words) or 1.0
        held_pairs = self._pairs.keys() & set(pairwise(candidate.words))
        return {
            "engine": candidate.score / best,
            "query_covered": covered / self._total,
            "name_covered": sum(rarity("name", word) for word in answered) / name,
            "pairs_covered": sum(self._pairs[pair] for pair in held_pairs) / self._pair_total,
            "early": _early(candidate.words, answered),
            "commune": float(Level.COMMUNE in candidate.levels),
            "province": float(Level.PROVINCE in candidate.levels),
            "person": float(Audience.PERSON in candidate.audiences),
        }


def _early(words: Sequence[str], answered: Collection[str]) -> float:
    """Return 1 when the name begins with a word of the query, less the later one comes."""
    place = next((place for place, word in enumerate(words, 1) if word in answered), 0)
    return 1 / place if place else 0.0
