"""What search does: read the outbox, rebuild, compare, count words."""

from search.services.apply_changes import apply_changes
from search.services.build_lexicon import build_lexicon, refresh_lexicon
from search.services.check_index import IndexCheck, announce_differences, check_index
from search.services.rebuild_index import rebuild_index

__all__ = [
    "IndexCheck",
    "announce_differences",
    "apply_changes",
    "build_lexicon",
    "check_index",
    "rebuild_index",
    "refresh_lexicon",
]
