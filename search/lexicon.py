"""The lexicon that this process searches with, and the words of a query read by it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Protocol

from search.analysis import Lexicon, Repair, Token, has_accents
from search.phrases import stop_phrases
from search.synonyms import synonyms

NO_LEXICON = Lexicon()


class LexiconSource(Protocol):
    """Where the lexicon comes from."""

    def __call__(self) -> Lexicon:
        """Return the lexicon of now, the same object while nothing has changed."""


def _no_source() -> Lexicon:
    return NO_LEXICON


_sources: list[LexiconSource] = [_no_source]


def current_lexicon() -> Lexicon:
    """Return the lexicon of this process; an empty one, by which nothing is repaired, without."""
    return _sources[-1]()


def set_lexicon_source(source: LexiconSource) -> None:
    """Let this process take its lexicon from `source` from now on."""
    _sources[:] = [source]


@contextmanager
def use_lexicon(lexicon: Lexicon) -> Iterator[None]:
    """Search with `lexicon` for the length of a block, in every thread of this process."""
    _sources.append(lambda: lexicon)
    try:
        yield
    finally:
        _sources.pop()


def read_words(tokens: Sequence[Token]) -> list[Token]:
    """Return the words that a reader meant by `tokens`.

    Phrases that search knows protect their words. What is meant may make up further phrases.
    """
    return _repair_by(current_lexicon())(tokens, _protected(tokens))


@lru_cache(maxsize=4)
def _repair_by(lexicon: Lexicon) -> Repair:
    return Repair(lexicon)


def _protected(tokens: Sequence[Token]) -> set[int]:
    accented = has_accents(tokens)
    places: set[int] = set()
    for table in (synonyms(), stop_phrases()):
        for match in table.matches(tokens, accented=accented):
            places.update(range(match.start, match.end))
    return places
