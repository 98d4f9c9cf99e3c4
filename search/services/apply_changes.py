"""The outbox consumer: what the catalogue announced becomes searchable."""

import structlog

from catalogue.selectors.changes import changes_after
from search.engines import SearchEngine, current_engine
from search.selectors.cursor import cursor_position
from search.selectors.versions import operations_for
from search.services.cursor import move_cursor
from search.services.rebuild_index import rebuild_index

_BATCH = 500
_log = structlog.get_logger(__name__)


def apply_changes() -> int:
    """Bring the next announced changes into the index and return how many were read.

    The engine commits before the cursor moves: a crash between the two repeats changes, which has
    no effect, and loses none. Without a usable index, or with a database that search has never
    read, the index is rebuilt instead.
    """
    engine = current_engine()
    if not engine.is_usable():
        _log.warning("search.index_unusable")
        return rebuild_index()
    position = cursor_position()
    if not changes_after(position, 1).exists():
        return 0
    return _apply_next(engine) if position else rebuild_index()


def _apply_next(engine: SearchEngine) -> int:
    with engine.writing():
        changes = list(changes_after(cursor_position(), _BATCH))
        if changes:
            engine.apply(operations_for(changes))
            move_cursor(changes[-1].sequence)
    return len(changes)
