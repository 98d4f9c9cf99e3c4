"""What search answers."""

from search.selectors.procedures import (
    FacetValue,
    SearchItem,
    SearchPage,
    search_procedures,
    settle,
)

__all__ = ["FacetValue", "SearchItem", "SearchPage", "search_procedures", "settle"]
