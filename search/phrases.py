"""Phrases that search knows, found in the words of a query."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
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

    A reader who types accents means them; one who types none means any.
    """

    def __init__(self, phrases: Iterable[tuple[str, Meaning]]) -> None:
        self._by_folded: dict[tuple[str, ...], list[tuple[list[Token], Meaning]]] = {}
        for phrase, meaning in phrases:
            words = tokenize(phrase)
            key = tuple(word.folded for word in words)
            self._by_folded.setdefault(key, []).append((words, meaning))
        self._longest = max(map(len, self._by_folded), default=0)

    def matches(self, tokens: Sequence[Token], *, accented: bool) -> Iterator[Match[Meaning]]:
        """Yield the phrases in `tokens` from left to right, none overlapping another."""
        start = 0
        while start < len(tokens):
            found = next(self._matches_at(tokens, start, accented), None)
            if found:
                yield found
            start = found.end if found else start + 1

    def all_matches(self, tokens: Sequence[Token], *, accented: bool) -> Iterator[Match[Meaning]]:
        """Yield every phrase in `tokens`, also those within a longer one."""
        for start in range(len(tokens)):
            yield from self._matches_at(tokens, start, accented)

    def _matches_at(
        self, tokens: Sequence[Token], start: int, accented: bool
    ) -> Iterator[Match[Meaning]]:
        for end in range(min(len(tokens), start + self._longest), start, -1):
            typed = tokens[start:end]
            for words, meaning in self._by_folded.get(tuple(t.folded for t in typed), ()):
                if not accented or _same_accents(typed, words):
                    yield Match(start, end, meaning)


def _same_accents(typed: Sequence[Token], words: Sequence[Token]) -> bool:
    return all(a.text == b.text for a, b in zip(typed, words, strict=True))


@cache
def stop_phrases() -> PhraseTable[str]:
    """Return what people write around their need, each phrase with its role."""
    roles = json.loads((_DATA / "stop_phrases.json").read_text(encoding="utf-8"))["phrases"]
    return PhraseTable((phrase, role) for role, phrases in roles.items() for phrase in phrases)


@cache
def synonyms() -> PhraseTable[tuple[str, ...]]:
    """Return what readers say, each with the official wordings it stands for."""
    return PhraseTable((entry["says"], tuple(entry["means"])) for entry in _synonym_entries())


def _synonym_entries() -> list[dict[str, Any]]:
    return list(json.loads((_DATA / "synonyms.json").read_text(encoding="utf-8"))["entries"])


@cache
def _synonyms_by_meaning() -> PhraseTable[tuple[str, ...]]:
    said: dict[str, list[str]] = {}
    for entry in _synonym_entries():
        for meaning in entry["means"]:
            said.setdefault(meaning, []).append(entry["says"])
    return PhraseTable((meaning, tuple(names)) for meaning, names in said.items())


def names_of(text: str) -> tuple[str, ...]:
    """Return what readers say for the official wordings that stand in a text."""
    found = _synonyms_by_meaning().all_matches(tokenize(text), accented=True)
    return tuple(dict.fromkeys(name for match in found for name in match.meaning))
