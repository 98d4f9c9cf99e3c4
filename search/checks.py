"""Checks of the settings of search."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, register


@register("search")
def check_search_url(**kwargs: Any) -> list[Error]:
    """Refuse an address of a search server: only the embedded engine is part of this release."""
    if not settings.SEARCH_URL:
        return []
    return [
        Error(
            "SEARCH_URL is set, but this release searches with its embedded engine only.",
            hint="Leave SEARCH_URL empty.",
            id="search.E001",
        )
    ]
