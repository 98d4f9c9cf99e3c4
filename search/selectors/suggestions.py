"""What a reader may mean who is still typing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import chain, islice, pairwise

from django.core.cache import caches

from catalogue.enums import Level
from catalogue.selectors.usage import most_used_codes
from catalogue.text import fold
from search.analysis import Token, folded_terms, has_accents, tokenize
from search.analysis.terms import PAIR_MARK
from search.document_values import LONGEST_START
from search.engines import Hit, current_engine
from search.name_table import Named
from search.query import MAX_TERMS, FieldTerm, SearchQuery, clean, parse_query
from search.selectors.names import kept_names
from search.selectors.procedures import settle

PROCEDURE = "procedure"
MAX_SUGGESTIONS = 8
_MOST_USED_KEPT = timedelta(minutes=10)
# Of one another's place: names that begin with what was typed, and those that merely have it.
_FIRST_NAMES, _LAST_NAMES = 2, 2
# Families come as several procedures of one name.
_READ = 2 * MAX_SUGGESTIONS
_ENOUGH = 3
# What a search finds for words that mean others, before names that merely have such words.
_MEANT = 3
# A word counts by its rarity, neighbours and the first word more; the nearest level breaks ties.
_NAME, _NEIGHBOURS, _ACCENTED, _NEAREST = 1.0, 2.0, 3.0, 0.5


@dataclass(frozen=True)
class Suggestion:
    """A procedure, agency or field; `key` names it in addresses, `detail` tells it from others."""

    kind: str
    key: str
    name: str
    detail: str


def suggest(q: str) -> list[Suggestion]:
    """Return at most eight suggestions for a reader's text whose last word may be typed half.

    What is called so, and fields and ministries that begin so, come first; then procedures; then
    other names. Without a word it is what people use most. Never what other readers have typed.
    Raises IndexUnusableError.
    """
    text = clean(q)
    typed = tokenize(text)[:MAX_TERMS]
    if not typed:
        return [] if text else list(map(_procedure, _most_used()))
    names = kept_names.current()
    begun = names.beginning(text, MAX_SUGGESTIONS)
    first = [*names.called(text), *(named for named in begun if _is_weighty(named, text))]
    hits = _hits(text, typed, is_name=bool(first))
    procedures = list(_distinct(map(_procedure, hits)))
    offered = chain(
        map(_named, first[:_FIRST_NAMES]),
        procedures[: MAX_SUGGESTIONS - _FIRST_NAMES - _LAST_NAMES],
        map(_named, begun[:_LAST_NAMES]),
        procedures,
    )
    return list(islice(_distinct(offered), MAX_SUGGESTIONS))


def _is_weighty(named: Named, text: str) -> bool:
    is_of_the_state = named.level not in (Level.PROVINCE, Level.COMMUNE)
    return is_of_the_state and fold(named.name).startswith(fold(text))


def _hits(text: str, typed: Sequence[Token], *, is_name: bool) -> Iterator[Hit]:
    """Yield procedures whose names have all words, then what a search finds if they are few.

    What `is_name` of something else is not searched for.
    Words that stand for others ("sổ đỏ") are searched first: names with such words are others.
    """
    engine = current_engine()
    whole = parse_query(text, size=MAX_SUGGESTIONS)
    has_meanings = not is_name and any(len(group) > 1 for group in whole.groups)
    words = [*(token.folded for token in typed[:-1]), fold(text[typed[-1].start : typed[-1].end])]
    begun = [hit for hit in engine.search(_begun_names(typed, words)).hits if _says(hit, words)]
    found: Sequence[Hit] = ()
    if has_meanings or (len(begun) < _ENOUGH and not is_name):
        found = engine.search(replace(settle(whole), facets=())).hits
    return chain(found[:_MEANT] if has_meanings else (), begun, found)


def _most_used() -> list[Hit]:
    kept = _MOST_USED_KEPT.total_seconds()
    codes = caches["local"].get_or_set(
        "search:most_used", lambda: most_used_codes(MAX_SUGGESTIONS), kept
    )
    if not codes:
        return []
    query = SearchQuery(codes=tuple(codes), facets=(), limit=MAX_SUGGESTIONS)
    found = {hit.code: hit for hit in current_engine().search(query).hits}
    return [found[code] for code in codes if code in found]


def _says(hit: Hit, words: Sequence[str]) -> bool:
    """Tell whether at least half of the neighbours in `words` are neighbours in a name."""
    line = "".join(f" {word}" for word in folded_terms(f"{hit.code} {hit.shown['name']}"))
    beside = [f" {word} {after}" in line for word, after in pairwise(words)]
    return 2 * sum(beside) >= len(beside)


def _begun_names(typed: Sequence[Token], words: Sequence[str]) -> SearchQuery:
    """Return the query for names that have all of `words`, the last of them begun.

    The beginnings of words are terms of the index, so every engine answers it.
    """
    *whole, half = words
    # "si" alone is written "sy", but it also begins "sinh".
    halves = dict.fromkeys([typed[-1].folded, half])
    scores = [FieldTerm("name", word, _NAME) for word in dict.fromkeys([*words, *halves])]
    scores += [
        FieldTerm("starts", f"{word}{PAIR_MARK}{after[:LONGEST_START]}", _NEIGHBOURS)
        for word, after in pairwise(["", *words])
    ]
    if has_accents(typed):
        scores += [FieldTerm("name_accented", token.text, _ACCENTED) for token in typed]
    return SearchQuery(
        groups=(
            *(((word[:LONGEST_START],),) for word in whole),
            tuple((word[:LONGEST_START],) for word in halves),
        ),
        needed=len(words),
        within=("starts",),
        scores=tuple(scores),
        bonuses=(FieldTerm("level", Level.COMMUNE, _NEAREST),),
        facets=(),
        limit=_READ,
    )


def _procedure(hit: Hit) -> Suggestion:
    return Suggestion(PROCEDURE, hit.code, hit.shown["name"], hit.shown["agency"] or "")


def _named(named: Named) -> Suggestion:
    return Suggestion(named.kind, named.key, named.name, named.above)


def _distinct(suggestions: Iterable[Suggestion]) -> Iterator[Suggestion]:
    """Yield each name once: of a family of levels the nearest, as it came first."""
    seen: set[tuple[str, str]] = set()
    for one in suggestions:
        named = (one.kind, one.name.lower() if one.kind == PROCEDURE else one.key)
        if named not in seen:
            seen.add(named)
            yield one
