"""The engines behind search: nothing outside this package knows which one runs."""

from search.engines.base import (
    Explanation,
    Found,
    Hit,
    IndexFacts,
    IndexUnusableError,
    Operation,
    SearchEngine,
    SpareIndex,
)
from search.engines.registry import current_engine

__all__ = [
    "Explanation",
    "Found",
    "Hit",
    "IndexFacts",
    "IndexUnusableError",
    "Operation",
    "SearchEngine",
    "SpareIndex",
    "current_engine",
]
