"""In which order a reader sees the best hits of an engine: by how name and query cover each other.

An engine finds, and scores by its own BM25. Its best hits are then ordered here, alike for every
engine: BM25 alone lets a long name with many of the words beat the short one that is meant.
"""

import math
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import mul

from catalogue.enums import Audience, Level
from search.analysis.terms import PAIR_MARK
from search.query import SearchQuery, weights

# So many of the best hits are ordered anew; those behind them stay in the engine's order.
WINDOW = 70
# The rank of candidates that only features order.
UNRANKED = 2
# A word that no name has still was said.
_LEAST_IMPORTANCE = 0.1


# Citizens go to the nearest office that can do it.
NEAREST_FIRST = (Level.COMMUNE, Level.PROVINCE, Level.MINISTRY, Level.OTHER)

# What is weighed of a name beside a query, in this order.
FEATURES = (
    "engine",  # its score beside the best
    "query_covered",  # how much of the query stands in the name
    "query_together",  # the same, of words that stand beside each other in both
    "name_covered",  # how much of the name stands in the query
    "name_together",
    "pairs",  # how many of the pairs of the query stand in the name
    "accents",  # how many of the accented words, if accents were typed
    "early",  # how near to its beginning the name has a word of the query
    "asked_level",  # handled at a level that the query names; the next three when it names none
    "commune",
    "province",
    "ministry",
    "person",
    "organisation",
)


@dataclass(frozen=True)
class Candidate:
    """What ordering needs to know of one hit.

    `name` has the folded words of its name, `words` those that do not only tell the level,
    `spelled` all with accents; `popularity` is from 0 to 1.
    """

    code: str
    score: float
    name: list[str]
    words: list[str]
    spelled: list[str]
    levels: Sequence[str]
    audiences: Sequence[str]
    popularity: float = 0.0


class WordStatistics:
    """How much a folded word tells, from the number of documents that have it.

    `count` gives the number of documents that have a term in a field of the index.
    """

    def __init__(self, documents: int, count: Callable[[str, str], int]) -> None:
        self.documents = documents
        self._count = count
        self._rarities: dict[tuple[str, str], float] = {}
        self._names: dict[frozenset[str], float] = {}

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

    def weight_of_name(self, words: frozenset[str]) -> float:
        """Return the sum of the rarities of the words of a name of the index."""
        weight = self._names.get(words)
        if weight is None:
            weight = self._names[words] = sum(self.rarity("name", word) for word in words)
        return weight

    def importance(self, word: str) -> float:
        """Return how much a word of a query tells which procedure is meant.

        A rare word tells much, but one that texts use and names avoid is talk, however rare.
        """
        share = (self._count("name", word) + 0.5) / (self._count("text", word) + 10)
        return max(self.rarity("name", word) * math.sqrt(share), _LEAST_IMPORTANCE)


def rank(
    query: SearchQuery, candidates: Sequence[Candidate], statistics: WordStatistics
) -> list[int]:
    """Return the places of the candidates in the order in which a reader sees them.

    Own codes come first, then names that are the query, then the greatest sum of weighted
    features; equals keep the order of the engine. Procedures that differ only by level follow the
    best of them, the level nearest to the reader first.
    """
    boosts = [weights()["ranking"].get(name, 0.0) for name in FEATURES]
    popular = weights()["popularity"]
    compared = zip(candidates, compare(query, candidates, statistics), strict=True)
    keys = [
        (first, -sum(map(mul, boosts, features)) - popular * candidate.popularity)
        for candidate, (first, features) in compared
    ]
    order = sorted(range(len(candidates)), key=keys.__getitem__)
    heads: dict[tuple[str, ...], int] = {}
    for place, number in enumerate(order):
        heads.setdefault(tuple(candidates[number].words), place)
    return sorted(
        order,
        key=lambda number: (
            heads[tuple(candidates[number].words)],
            keys[number][0],
            _distance(candidates[number], query.levels),
        ),
    )


def _distance(candidate: Candidate, asked: Sequence[str]) -> int:
    """Return how far a procedure is from a reader: -1 at an asked level, else as it is listed."""
    if any(level in candidate.levels for level in asked):
        return -1
    places = (place for place, level in enumerate(NEAREST_FIRST) if level in candidate.levels)
    return next(places, len(NEAREST_FIRST))


def compare(
    query: SearchQuery, candidates: Sequence[Candidate], statistics: WordStatistics
) -> Iterator[tuple[int, Sequence[float]]]:
    """Yield for each candidate its rank before all others and its `FEATURES`, each from 0 to 1.

    The rank is 0 for an own code, 1 for a name that is the query, `UNRANKED` for all others.
    """
    asked = _Asked(query, statistics)
    best = max((candidate.score for candidate in candidates), default=0.0) or 1.0
    for candidate in candidates:
        if candidate.code in query.codes:
            first = 0
        else:
            first = 1 if asked.is_name(candidate.name) else UNRANKED
        yield first, asked.features(candidate, best)


class _Asked:
    """A query made ready to be compared with many names."""

    def __init__(self, query: SearchQuery, statistics: WordStatistics) -> None:
        self._rarity = statistics.rarity
        self._importance = statistics.importance
        self._weight_of_name = statistics.weight_of_name
        self._words = list(query.words)
        self._is_cut = query.is_cut
        self._levels = query.levels
        self._groups = [(self._group_importance(group), group) for group in query.groups]
        self._total = sum(importance for importance, _ in self._groups) or 1.0
        self._pairs = {
            tuple(term.term.split(PAIR_MARK)): term.boost * self._rarity(term.field, term.term)
            for term in query.scores
            if term.field == "name_pairs"
        }
        self._pair_total = sum(self._pairs.values()) or 1.0
        self._spelled = {
            term.term: self._rarity(term.field, term.term)
            for term in query.scores
            if term.field == "name_accented"
        }
        self._spelled_total = sum(self._spelled.values()) or 1.0

    def _group_importance(self, group: Sequence[Sequence[str]]) -> float:
        said, *meant = group
        meanings = (sum(map(self._importance, words)) / len(words) for words in meant)
        return max(min(map(self._importance, said)), *meanings, 0.0)

    def is_name(self, words: Sequence[str]) -> bool:
        """Tell whether the query is a name, or its beginning where it had to be cut."""
        return (words[: len(self._words)] if self._is_cut else words) == self._words

    def _at_levels(self, levels: Sequence[str]) -> Sequence[float]:
        if self._levels:
            return (float(any(level in levels for level in self._levels)), 0.0, 0.0, 0.0)
        near = (Level.COMMUNE, Level.PROVINCE, Level.MINISTRY)
        return (0.0, *(float(level in levels) for level in near))

    def features(self, candidate: Candidate, best: float) -> Sequence[float]:
        """Return the features of a candidate; `best` is the greatest score of all."""
        words = candidate.words
        distinct = frozenset(words)
        pairs = self._pairs.keys() & set(pairwise(words))
        joined = {word for pair in pairs for word in pair}
        covered = together = 0.0
        answered = set[str]()
        for importance, group in self._groups:
            held = [alternative for alternative in group if distinct.issuperset(alternative)]
            if held:
                covered += importance
                together += importance * any(map(joined.issuperset, held))
                answered.update(*held)
        rarity = self._rarity
        name = self._weight_of_name(distinct) or 1.0
        spelled = self._spelled.keys() & candidate.spelled
        return (
            candidate.score / best,
            covered / self._total,
            together / self._total,
            sum([rarity("name", word) for word in answered]) / name,
            sum([rarity("name", word) for word in answered & joined]) / name,
            sum([self._pairs[pair] for pair in pairs]) / self._pair_total,
            sum([self._spelled[word] for word in spelled]) / self._spelled_total,
            _earliness(words, answered),
            *self._at_levels(candidate.levels),
            float(Audience.PERSON in candidate.audiences),
            float(Audience.ORGANISATION in candidate.audiences),
        )


def _earliness(words: Sequence[str], answered: Collection[str]) -> float:
    """Return 1 when the name begins with a word of the query, less the later one comes."""
    place = next((place for place, word in enumerate(words, 1) if word in answered), 0)
    return 1 / place if place else 0.0
