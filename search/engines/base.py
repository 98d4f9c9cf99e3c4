"""What every search engine does for us, in our words."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from search.documents import SearchDocument
from search.query import SearchQuery
from search.ranking import Candidate, WordStatistics


class IndexUnusableError(Exception):
    """There is no index, it is damaged, or it is of another analysis: it must be rebuilt."""


@dataclass(frozen=True)
class Operation:
    """Bring one code to its state at a version: a document to index, or None to delete.

    `version` is the sequence of the change that announced it (an external version).
    """

    code: str
    version: int
    document: SearchDocument | None


@dataclass(frozen=True)
class Hit:
    """One document found: its score and what was stored to be shown."""

    code: str
    score: float
    shown: Mapping[str, Any]


@dataclass(frozen=True)
class Found:
    """An answer: how many in all, this page of hits, and counts by facet and value."""

    total: int
    hits: Sequence[Hit]
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class IndexFacts:
    """What keeps the index in use: the engine's name, when it was built, its size in bytes."""

    engine: str
    built_at: datetime
    size: int


@dataclass(frozen=True)
class Explanation:
    """Why a document has its score for a query."""

    matches: bool
    score: float
    details: Mapping[str, Any]


class SpareIndex(Protocol):
    """An index that is being filled beside the one in use."""

    def apply(self, operations: Sequence[Operation]) -> None:
        """Index and delete in the order in which the operations come; a later one wins."""

    def count(self) -> int:
        """Return the number of documents."""

    def swap(self) -> None:
        """Put this index into use at once for all readers; the old one is kept for a rollback."""


class SearchEngine(Protocol):
    """Stores our analysed terms under a whitespace analyser and answers `SearchQuery`."""

    def writing(self) -> AbstractContextManager[None]:
        """Hold the right to write and to swap; waits while another process holds it."""

    def apply(self, operations: Sequence[Operation]) -> int:
        """Index and delete durably, and return how many operations had an effect.

        An operation of an older version than the indexed one has none. Call under `writing()`.
        Raises IndexUnusableError.
        """

    def search(self, query: SearchQuery) -> Found:
        """Answer a query, facets without their own filter. Raises IndexUnusableError."""

    def candidates(self, query: SearchQuery) -> tuple[list[Candidate], WordStatistics]:
        """Return the best hits by the engine's own score, and the counts by which they are ordered.

        Raises IndexUnusableError.
        """

    def has_answer(self, query: SearchQuery) -> bool:
        """Tell whether any document answers a query. Raises IndexUnusableError."""

    def count(self) -> int:
        """Return the number of documents. Raises IndexUnusableError."""

    def hashes(self) -> dict[str, str]:
        """Return the sha256 of every indexed document by code. Raises IndexUnusableError."""

    def explain(self, query: SearchQuery, code: str) -> Explanation:
        """Tell why a document has its score for a query. Raises IndexUnusableError."""

    def spare(self) -> AbstractContextManager[SpareIndex]:
        """Begin a new, empty index, alone among all processes; without a swap it is removed."""

    def is_usable(self) -> bool:
        """Tell whether there is an index of this version."""

    def facts(self) -> IndexFacts:
        """Tell what keeps the index in use. Raises IndexUnusableError."""
