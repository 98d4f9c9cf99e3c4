"""What readers say, and the official wordings it stands for.

The entries are data (`data/synonyms/*.json`, `data/life_events.json`). Another source, such as the
editors' own entries, is merged over them while the site runs.
"""

import json
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from search.analysis import tokenize
from search.phrases import PhraseTable

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class SynonymEntry:
    """One way: what a reader `says` → official wordings it `means`, each an alternative.

    `weight` (0–1] tells how much a meaning counts beside a word that was typed. `replaces`: what
    was typed counts no longer, its words mean something else in official texts. `accented`: only
    where the reader typed accents, for without them it looks like another common word. `query`
    finds none of the codes `finds` first without this entry.
    """

    says: str
    means: tuple[str, ...]
    source: str
    weight: float = 1.0
    replaces: bool = False
    accented: bool = False
    query: str = ""
    finds: tuple[str, ...] = ()


class SynonymSource(Protocol):
    """Where entries come from besides the data of the product."""

    def version(self) -> Hashable:
        """Return another value whenever the entries have changed; asked at every search."""

    def entries(self) -> Iterable[SynonymEntry]:
        """Return the entries. They replace those of the product that say the same.

        One without meanings switches the entry of the product off.
        """


def read_entry(fields: Mapping[str, Any], place: str) -> SynonymEntry:
    """Return the entry kept in `fields`; `place` (a file, a form) begins every error message.

    Raises ValueError that names the place, the entry and what is wrong with it.
    """
    name = f"{place}: {fields.get('says')!r}"
    known = SynonymEntry.__dataclass_fields__
    if unknown := fields.keys() - known.keys():
        raise ValueError(f"{name}: unknown {', '.join(sorted(unknown))}")
    for key in ("says", "source"):
        if not isinstance(fields.get(key), str) or not fields[key].strip():
            raise ValueError(f"{name}: {key} must be a text")
    means = fields.get("means")
    if not isinstance(means, list) or not all(isinstance(text, str) for text in means):
        raise ValueError(f"{name}: means must be a list of texts")
    if not all(tokenize(text) for text in (fields["says"], *means)):
        raise ValueError(f"{name}: says and means must have words")
    weight = fields.get("weight", 1.0)
    if not isinstance(weight, int | float) or not 0 < weight <= 1:
        raise ValueError(f"{name}: weight must be above 0 and at most 1")
    lists = {"means": tuple(means), "finds": tuple(fields.get("finds", ()))}
    return SynonymEntry(**(dict(fields) | lists))


def read_entries(path: Path) -> list[SynonymEntry]:
    """Return the entries of a file. Raises OSError, or ValueError that names file and entry."""
    content = json.loads(path.read_text(encoding="utf-8"))
    return [read_entry(fields, path.name) for fields in content["entries"]]


def shipped_entries() -> Iterator[SynonymEntry]:
    """Yield the entries of the product, file by file."""
    for path in (*sorted((_DATA / "synonyms").glob("*.json")), _DATA / "life_events.json"):
        yield from read_entries(path)


_sources: list[SynonymSource] = []


def add_synonym_source(source: SynonymSource) -> None:
    """Merge the entries of a source into `synonyms()` of this process from now on."""
    _sources.append(source)


def remove_synonym_source(source: SynonymSource) -> None:
    """Undo `add_synonym_source`."""
    _sources.remove(source)


def synonyms() -> PhraseTable[SynonymEntry]:
    """Return what readers say, each with its entry; built anew when a source has changed."""
    return _table(tuple((source, source.version()) for source in _sources))


@lru_cache(maxsize=1)
def _table(versions: tuple[tuple[SynonymSource, Hashable], ...]) -> PhraseTable[SynonymEntry]:
    by_words = dict(_shipped())
    for source, _version in versions:
        by_words |= {_words(entry.says): entry for entry in source.entries()}
    entries = [entry for entry in by_words.values() if entry.means]
    return PhraseTable(
        ((entry.says, entry) for entry in entries),
        accented=[entry.says for entry in entries if entry.accented],
    )


@lru_cache(maxsize=1)
def _shipped() -> dict[tuple[str, ...], SynonymEntry]:
    return {_words(entry.says): entry for entry in shipped_entries()}


def _words(phrase: str) -> tuple[str, ...]:
    return tuple(token.text for token in tokenize(phrase))
