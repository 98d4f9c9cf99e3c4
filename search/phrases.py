"""Phrases that search knows, found in the words of a query."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from search.analysis import Token, tokenize

_DATA = Path(__file__).parent / "data"

Meaning = TypeVar("Meaning")


@dataclass(frozen=True)
class Match(Generic[Meaning]):
    """A phrase found at `tokens[start:end]`, with what it means."""

    start: int
    end: int
    meaning: Meaning


class PhraseTable(Generic[Meaning]):
    """Phrases and their meanings, matched longest first.

    A reader who types accents means them; one who types none means any. The phrases in `accented`
    are found only where accents were typed: without, they look like other common words.
    """

    def __init__(
        self, phrases: Iterable[tuple[str, Meaning]], *, accented: Collection[str] = ()
    ) -> None:
        self._accented = {_words(phrase) for phrase in accented}
        self._by_folded: dict[tuple[str, ...], list[tuple[Sequence[Token], Meaning]]] = {}
        for phrase, meaning in phrases:
            words = _tokens(phrase)
            key = tuple(word.folded for word in words)
            self._by_folded.setdefault(key, []).append((words, meaning))
        self._longest = max(map(len, self._by_folded), default=0)

    def phrases(self) -> Iterator[str]:
        """Yield the phrases in normal spelling."""
        for ways in self._by_folded.values():
            yield from (" ".join(word.text for word in words) for words, _meaning in ways)

    def matches(self, tokens: Sequence[Token], *, accented: bool) -> Iterator[Match[Meaning]]:
        """Yield the phrases in `tokens` from left to right, none overlapping another."""
        start = 0
        while start < len(tokens):
            found = next(self._matches_at(tokens, start, accented), None)
            if found:
                yield found
            start = found.end if found else start + 1

    def _matches_at(
        self, tokens: Sequence[Token], start: int, accented: bool
    ) -> Iterator[Match[Meaning]]:
        for end in range(min(len(tokens), start + self._longest), start, -1):
            typed = tokens[start:end]
            for words, meaning in self._by_folded.get(tuple(t.folded for t in typed), ()):
                if self._is_meant(typed, words, accented):
                    yield Match(start, end, meaning)

    def _is_meant(self, typed: Sequence[Token], words: Sequence[Token], accented: bool) -> bool:
        if accented:
            return _agree(typed, words)
        return tuple(word.text for word in words) not in self._accented


@lru_cache(maxsize=1 << 13)
def _tokens(phrase: str) -> tuple[Token, ...]:
    return tuple(tokenize(phrase))


def _words(phrase: str) -> tuple[str, ...]:
    return tuple(word.text for word in _tokens(phrase))


def _agree(typed: Sequence[Token], words: Sequence[Token]) -> bool:
    """Tell whether the accents agree; some may be missing but not all of a phrase."""
    same = [a.text == b.text for a, b in zip(typed, words, strict=True)]
    plain = [token.text == token.folded for token in typed]
    return all(same) or (any(same) and all(a or b for a, b in zip(same, plain, strict=True)))


@cache
def _roles() -> dict[str, Any]:
    return dict(json.loads((_DATA / "stop_phrases.json").read_text(encoding="utf-8")))


@cache
def stop_phrases() -> PhraseTable[str]:
    """Return what people write around their need, each phrase with its role."""
    roles = _roles()["phrases"]
    return PhraseTable(
        ((phrase, role) for role, phrases in roles.items() for phrase in phrases),
        accented=_roles()["accented"],
    )


@cache
def level_words() -> PhraseTable[str]:
    """Return the words for a level of government, each with its `catalogue.enums.Level` value."""
    levels = _roles()["level"]
    return PhraseTable((phrase, level) for level, phrases in levels.items() for phrase in phrases)
