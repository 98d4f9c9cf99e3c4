"""Names of agencies and fields, found by their words and by what the last word begins with."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from catalogue.text import fold
from search.analysis import Token, tokenize

AGENCY, FIELD = "agency", "field"
# Who types more words does not type a name.
_MOST_WORDS = 16


@dataclass(frozen=True)
class Named:
    """An agency or a field: `key` names it in addresses, `above` is the agency above it.

    All words of `core` must be typed to mean it, those of `beside` may be typed with them.
    `procedures` counts what it has in force.
    """

    kind: str
    key: str
    name: str
    core: str
    beside: str = ""
    above: str = ""
    level: str = ""
    procedures: int = 0


@dataclass(frozen=True)
class _Entry:
    """A name with its words as they are compared; `line` is the whole name folded."""

    named: Named
    core: frozenset[str]
    folded: frozenset[str]
    spelled: frozenset[str]
    line: str


class NameTable:
    """Names in the order in which they are offered, the weightiest first."""

    def __init__(self, names: Iterable[Named]) -> None:
        self._entries = [_entry(named) for named in names]
        self._places: dict[str, set[int]] = {}
        for place, entry in enumerate(self._entries):
            for word in entry.folded:
                self._places.setdefault(word, set()).add(place)
        self._words = sorted(self._places)

    def called(self, text: str) -> list[Named]:
        """Return what is called exactly `text`, with or without accents."""
        typed = tokenize(text)
        if not 0 < len(typed) <= _MOST_WORDS:
            return []
        words = {token.folded for token in typed}
        hits = Counter(place for word in words for place in self._places.get(word, ()))
        # Every typed word is one of the name, and the core of the name is typed.
        whole = sorted(place for place, count in hits.items() if count == len(words))
        entries = (self._entries[place] for place in whole)
        return [e.named for e in entries if e.core <= words and _spelled_so(e, typed)]

    def beginning(self, text: str, limit: int) -> list[Named]:
        """Return names in which `text` stands; its last word may be typed half."""
        typed = tokenize(text)
        if not 0 < len(typed) <= _MOST_WORDS:
            return []
        *whole, last = typed
        half = fold(text[last.start : last.end])
        line = "".join(f" {word}" for word in (*(token.folded for token in whole), half))
        places = self._having(token.folded for token in whole) if whole else self._starting(half)
        entries = ((place, self._entries[place]) for place in places)
        said = (place for place, e in entries if line in e.line and _spelled_so(e, whole))
        return [self._entries[place].named for place in nsmallest(limit, said)]

    def name_of(self, kind: str, key: str) -> str | None:
        """Return the name behind a key, None when there is none."""
        entries = (entry.named for entry in self._entries)
        return next((n.name for n in entries if (n.kind, n.key) == (kind, key)), None)

    def _having(self, words: Iterable[str]) -> set[int]:
        return set.intersection(*(self._places.get(word, set()) for word in words))

    def _starting(self, start: str) -> set[int]:
        return {place for word in self._words_from(start) for place in self._places[word]}

    def _words_from(self, start: str) -> Iterator[str]:
        for number in range(bisect_left(self._words, start), len(self._words)):
            if not self._words[number].startswith(start):
                return
            yield self._words[number]


def _entry(named: Named) -> _Entry:
    core, beside = tokenize(named.core), tokenize(named.beside)
    return _Entry(
        named=named,
        core=frozenset(token.folded for token in core),
        folded=frozenset(token.folded for token in (*core, *beside)),
        spelled=frozenset(token.text for token in (*core, *beside)),
        line="".join(f" {token.folded}" for token in tokenize(named.name)),
    )


def _spelled_so(entry: _Entry, typed: Sequence[Token]) -> bool:
    """Tell whether the accents that were typed are those of the name."""
    return all(token.text == token.folded or token.text in entry.spelled for token in typed)
