"""What a reader typed, as one query that every engine can run.

The reader's text is words, never syntax: nothing in it reaches an engine unanalysed.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from catalogue.text import normalise, without_opening
from search.analysis import Token, find_codes, folded_pairs, folded_terms, has_accents, tokenize
from search.analysis.codes import begun_code
from search.documents import FACETS
from search.lexicon import read_words
from search.phrases import Match, level_words, stop_phrases
from search.synonyms import synonyms

WEIGHTS = Path(__file__).parent / "data" / "weights.json"
MAX_CHARS = 200
MAX_TERMS = 32
# Elasticsearch refuses deeper paging, so no engine offers it.
MAX_RESULTS = 10_000
MAX_SIZE = 50

Filters = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class FieldTerm:
    """One term looked up in one field of the index, with its boost."""

    field: str
    term: str
    boost: float = 1.0


@dataclass(frozen=True)
class SearchQuery:
    """An engine-neutral query.

    A document is found when at least `needed` of the `groups` hold (a group holds when all words
    of one of its alternatives stand in the fields `within`) or when it has one of the `codes`, and
    when for every field of `filters` it has one of the values. `scores` add a BM25 score each,
    `bonuses` a constant. `words` are all folded words, as a name would be indexed; `is_cut` tells
    that more were typed, `levels` which levels of government were named. The best come first, or
    what comes first by the field `order`; values of the fields `facets` are counted.
    """

    text: str = ""
    words: tuple[str, ...] = ()
    is_cut: bool = False
    levels: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    groups: tuple[tuple[tuple[str, ...], ...], ...] = ()
    needed: int = 0
    within: tuple[str, ...] = ("text",)
    scores: tuple[FieldTerm, ...] = ()
    bonuses: tuple[FieldTerm, ...] = ()
    highlight: frozenset[str] = frozenset()
    filters: Filters = field(default_factory=dict)
    facets: tuple[str, ...] = FACETS
    order: str = ""
    offset: int = 0
    limit: int = 10

    @property
    def is_empty(self) -> bool:
        """Nothing was asked: every document answers."""
        return not self.groups and not self.codes

    def without_filter(self, name: str) -> "SearchQuery":
        """Return this query without its own filter on one facet."""
        return replace(self, filters={k: v for k, v in self.filters.items() if k != name})

    def any_of(self) -> "SearchQuery":
        """Return this query satisfied by a single group."""
        return replace(self, needed=min(1, len(self.groups)))

    def all_of(self) -> "SearchQuery":
        """Return this query satisfied by nothing less than all groups."""
        return replace(self, needed=len(self.groups))

    def named(self) -> "SearchQuery":
        """Return the query for documents whose very name has all groups, whatever the filters."""
        return replace(self.all_of(), within=("name", "alias"), filters={})


@dataclass(frozen=True)
class _Wording:
    """One way to say a part of the query: its words and how much they count."""

    tokens: Sequence[Token]
    weight: float


@dataclass(frozen=True)
class _Part:
    """Neighbouring words of the query that stand or fall together."""

    wordings: tuple[_Wording, ...]
    is_stop: bool = False


@cache
def weights() -> dict[str, Any]:
    """Return the boosts by kind and field, as kept in `data/weights.json`."""
    return dict(json.loads(WEIGHTS.read_text(encoding="utf-8")))


def clean(text: str) -> str:
    """Return what is searched of a reader's text: NFC, at most 200 characters."""
    return normalise(text[: 4 * MAX_CHARS])[:MAX_CHARS].strip()


def parse_query(
    text: str, *, filters: Filters | None = None, page: int = 1, size: int = 10
) -> SearchQuery:
    """Return the query for a reader's text.

    `page` counts from 1 and `size` is hits per page (at most 50); values out of range are brought
    into it, so that no page reaches beyond the first 10,000 hits.
    """
    size = min(max(size, 1), MAX_SIZE)
    page = min(max(page, 1), MAX_RESULTS // size)
    typed, text = text, clean(text)
    codes, words = find_codes(text)
    every = tokenize(words)
    tokens = read_words(every[:MAX_TERMS])[:MAX_TERMS]
    called = tuple(folded_terms(without_opening(words))[:MAX_TERMS])
    accented = has_accents(tokens)
    parts = _parts(tokens, accented)
    telling = [part for part in parts if not part.is_stop] or parts
    groups = tuple(_group(part) for part in telling)
    query = SearchQuery(
        text=text,
        words=called,
        levels=tuple(dict.fromkeys(match.meaning for match in _levels(tokens, accented))),
        is_cut=len(every) > MAX_TERMS or len(normalise(typed[: 4 * MAX_CHARS])) > len(text),
        codes=codes,
        groups=groups,
        needed=_needed(len(groups)),
        scores=tuple(_scores(parts, telling, tokens, accented)),
        bonuses=tuple(_bonuses(codes, telling, called)),
        highlight=frozenset(word for group in groups for words in group for word in words),
        filters={name: tuple(values) for name, values in (filters or {}).items() if values},
        offset=(page - 1) * size,
        limit=size,
    )
    begun = begun_code(text)
    return _beginning_with(query, begun) if begun else query


def _beginning_with(query: SearchQuery, parts: Sequence[str]) -> SearchQuery:
    """Return the query for the procedures whose code begins with these parts."""
    groups = tuple(((part,),) for part in parts)
    return replace(query, groups=groups, needed=len(groups), within=("starts",), scores=())


def _parts(tokens: Sequence[Token], accented: bool) -> list[_Part]:
    """Split the words into synonyms (found first, they protect their words), stops and words."""
    parts: list[_Part] = []
    rest = 0
    for match in synonyms().matches(tokens, accented=accented):
        parts += _plain_parts(tokens[rest : match.start], accented)
        entry = match.meaning
        said_weight = 0.0 if entry.replaces else weights()["said"]
        said = _Wording(tokens[match.start : match.end], said_weight)
        weight = entry.weight * weights()["meaning"]
        meant = (_Wording(tokenize(text), weight) for text in entry.means)
        parts.append(_Part((said, *meant)))
        rest = match.end
    return parts + _plain_parts(tokens[rest:], accented)


def _plain_parts(tokens: Sequence[Token], accented: bool) -> list[_Part]:
    parts: list[_Part] = []
    rest = 0
    for match in _asides(tokens, accented):
        parts += map(_word, tokens[rest : match.start])
        parts.append(_Part((_Wording(tokens[match.start : match.end], 1.0),), is_stop=True))
        rest = match.end
    return parts + [_word(token) for token in tokens[rest:]]


def _asides(tokens: Sequence[Token], accented: bool) -> Iterator[Match[str]]:
    """Yield what is said around a need: levels, and stop phrases outside of them."""
    rest = 0
    for match in _levels(tokens, accented):
        yield from _shifted(
            stop_phrases().matches(tokens[rest : match.start], accented=accented), rest
        )
        yield match
        rest = match.end
    yield from _shifted(stop_phrases().matches(tokens[rest:], accented=accented), rest)


def _shifted(matches: Iterable[Match[str]], by: int) -> Iterator[Match[str]]:
    return (Match(match.start + by, match.end + by, match.meaning) for match in matches)


def _levels(tokens: Sequence[Token], accented: bool) -> Iterator[Match[str]]:
    """Yield where a level is named; one syllable is none: "xã" also stands in "hợp tác xã"."""
    found = level_words().matches(tokens, accented=accented)
    return (match for match in found if match.end - match.start > 1)


def _word(token: Token) -> _Part:
    return _Part((_Wording([token], 1.0),))


def _group(part: _Part) -> tuple[tuple[str, ...], ...]:
    alternatives = (tuple(token.folded for token in w.tokens) for w in part.wordings)
    return tuple(dict.fromkeys(alternatives))


def _needed(groups: int) -> int:
    """Two words must both stand in a document; of more a third: people say more than they need."""
    return max(min(groups, 2), -(-groups // 3))


def _scores(
    parts: Sequence[_Part], telling: Sequence[_Part], tokens: Sequence[Token], accented: bool
) -> Iterator[FieldTerm]:
    boosts: dict[tuple[str, str], float] = {}
    for part in telling:
        for wording in part.wordings:
            folded = [token.folded for token in wording.tokens]
            _add(boosts, weights()["terms"], folded, wording.weight)
            if accented:
                spelled = [token.text for token in wording.tokens]
                _add(boosts, weights()["accented"], spelled, wording.weight)
    for wording in (w for part in telling for w in part.wordings[1:]):
        pairs = folded_pairs(token.folded for token in wording.tokens)
        _add(boosts, weights()["pairs"], pairs, wording.weight)
    _add(boosts, weights()["pairs"], _typed_pairs(parts, tokens), 1.0)
    return (FieldTerm(name, term, boost) for (name, term), boost in boosts.items())


def _add(
    boosts: dict[tuple[str, str], float],
    fields: Mapping[str, float],
    terms: Iterable[str],
    weight: float,
) -> None:
    """Give each term its boost in each field; said twice, the greater boost counts."""
    for term in terms:
        for name, boost in fields.items():
            boosts[name, term] = max(boosts.get((name, term), 0.0), boost * weight)


def _typed_pairs(parts: Sequence[_Part], tokens: Sequence[Token]) -> list[str]:
    """Return the pairs as typed, without those between two stop words.

    Without accents "căn" looks like the stop word "cần": its pair "can_cuoc" still tells.
    """
    stops = [part.is_stop for part in parts for _ in part.wordings[0].tokens]
    pairs = folded_pairs(token.folded for token in tokens)
    return [
        pair
        for pair, left, right in zip(pairs, stops, stops[1:], strict=False)
        if not (left and right)
    ]


def _bonuses(
    codes: Sequence[str], telling: Sequence[_Part], called: Sequence[str]
) -> Iterator[FieldTerm]:
    for code in codes:
        yield FieldTerm("code", code, weights()["code"])
    words = [token.folded for part in telling for token in part.wordings[0].tokens]
    for title in {" ".join(words), " ".join(called)} - {""}:
        yield FieldTerm("title", title, weights()["title"])
    for level, bonus in weights()["levels"].items():
        yield FieldTerm("level", level, bonus)
