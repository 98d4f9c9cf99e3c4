"""What search does: read the outbox, rebuild, compare."""

from search.services.apply_changes import apply_changes
from search.services.check_index import IndexCheck, announce_differences, check_index
from search.services.rebuild_index import rebuild_index

__all__ = [
    "IndexCheck",
    "announce_differences",
    "apply_changes",
    "check_index",
    "rebuild_index",
]
