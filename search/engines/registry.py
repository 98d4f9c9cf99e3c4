"""Which engine this installation runs."""

from functools import cache
from pathlib import Path

from django.conf import settings

from search.engines.base import SearchEngine
from search.engines.tantivy import TantivyEngine


def current_engine() -> SearchEngine:
    """Return the engine of this installation, one object per process and index folder."""
    return _engine(Path(settings.SEARCH_DIR))


@cache
def _engine(folder: Path) -> SearchEngine:
    return TantivyEngine(folder)
