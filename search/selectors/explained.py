"""What becomes of a query, step by step, and why the answers come in this order."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from search.analysis import Token, find_codes, has_accents, tokenize
from search.lexicon import read_words
from search.phrases import stop_phrases
from search.query import MAX_TERMS, FieldTerm, parse_query
from search.selectors.procedures import search_procedures
from search.selectors.scored_answers import ScoredAnswer, scored_answers
from search.synonyms import SynonymEntry, shipped_entries, synonyms

SHOWN = 10


@dataclass(frozen=True)
class ReadWord:
    """A run of words that was typed in a way, and what it is read as."""

    typed: str
    read: str


@dataclass(frozen=True)
class KnownPhrase:
    """A synonym found in the query; `is_editors` tells that it is no entry of the product."""

    said: str
    entry: SynonymEntry
    is_editors: bool


@dataclass(frozen=True)
class LeftOut:
    """Words around the need, with their role."""

    said: str
    role: str


@dataclass(frozen=True)
class TermWeights:
    """A term and its weight in each field in which it is looked up."""

    term: str
    fields: Sequence[tuple[str, float]]


@dataclass(frozen=True)
class ExplainedQuery:
    """Everything that search did with a text."""

    text: str
    codes: Sequence[str]
    words: Sequence[str]
    repaired: Sequence[ReadWord]
    synonyms: Sequence[KnownPhrase]
    left_out: Sequence[LeftOut]
    groups: Sequence[Sequence[str]]
    needed: int
    terms: Sequence[TermWeights]
    total: int
    loosened: bool
    answers: Sequence[ScoredAnswer]


def explain_query(text: str) -> ExplainedQuery:
    """Return what becomes of `text` and why its first ten answers come in their order.

    Raises IndexUnusableError.
    """
    query = parse_query(text, size=SHOWN)
    typed = tokenize(find_codes(query.text)[1])[:MAX_TERMS]
    read = read_words(typed)[:MAX_TERMS]
    known = list(_known_phrases(read))
    found = search_procedures(text, size=SHOWN)
    names = [(item.code, item.name) for item in found.items]
    return ExplainedQuery(
        text=query.text,
        codes=query.codes,
        words=[token.text for token in typed],
        repaired=list(_repaired(typed, read)),
        synonyms=known,
        left_out=list(_left_out(read)),
        groups=[[" ".join(words) for words in group] for group in query.groups],
        needed=query.needed,
        terms=_terms(query.scores),
        total=found.total,
        loosened=found.loosened,
        answers=list(scored_answers(query, names, loosened=found.loosened)),
    )


def _repaired(typed: Sequence[Token], read: Sequence[Token]) -> Iterator[ReadWord]:
    """Yield what was read otherwise: the words at the same place of the text, side by side."""
    meant: dict[tuple[int, int], list[str]] = {}
    for token in read:
        meant.setdefault((token.start, token.end), []).append(token.text)
    for (start, end), words in meant.items():
        said = [token.text for token in typed if start <= token.start and token.end <= end]
        if said and said != words:
            yield ReadWord(" ".join(said), " ".join(words))


def _known_phrases(tokens: Sequence[Token]) -> Iterator[KnownPhrase]:
    shipped = set(shipped_entries())
    for match in synonyms().matches(tokens, accented=has_accents(tokens)):
        entry = match.meaning
        yield KnownPhrase(_said(tokens[match.start : match.end]), entry, entry not in shipped)


def _left_out(tokens: Sequence[Token]) -> Iterator[LeftOut]:
    """Yield the stop phrases between the synonyms, which protect their words."""
    accented = has_accents(tokens)
    start = 0
    ends = [(m.start, m.end) for m in synonyms().matches(tokens, accented=accented)]
    for begin, end in [*ends, (len(tokens), len(tokens))]:
        between = tokens[start:begin]
        for match in stop_phrases().matches(between, accented=accented):
            yield LeftOut(_said(between[match.start : match.end]), match.meaning)
        start = end


def _said(tokens: Iterable[Token]) -> str:
    return " ".join(token.text for token in tokens)


def _terms(scores: Iterable[FieldTerm]) -> list[TermWeights]:
    by_term: dict[str, list[tuple[str, float]]] = {}
    for term in scores:
        by_term.setdefault(term.term, []).append((term.field, term.boost))
    return [TermWeights(term, fields) for term, fields in by_term.items()]
