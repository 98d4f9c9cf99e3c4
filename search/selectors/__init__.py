"""What search answers."""

from search.selectors.procedures import FacetValue, SearchItem, SearchPage, search_procedures

__all__ = ["FacetValue", "SearchItem", "SearchPage", "search_procedures"]
