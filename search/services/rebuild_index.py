"""A new index beside the old one: filled, caught up, then swapped; searching never stops."""

from collections.abc import Callable

from catalogue.selectors.changes import changes_after, last_sequence
from search.engines import SpareIndex, current_engine
from search.selectors.versions import all_operations, operations_for
from search.services.cursor import move_cursor

_BATCH = 500


def rebuild_index(*, report: Callable[[int], None] = lambda _done: None) -> int:
    """Build the index anew from the versions in force and return how many documents it holds.

    `report` is called with the number of documents indexed so far. What is published meanwhile
    is replayed from the outbox: first while the old index is still written, the rest under the
    writer's lock, so that no change falls between the two.
    """
    engine = current_engine()
    with engine.spare() as spare:
        reached = last_sequence()
        _fill(spare, reached, report)
        reached = _replay(spare, reached)
        with engine.writing():
            reached = _replay(spare, reached)
            spare.swap()
            move_cursor(reached)
        return spare.count()


def _fill(spare: SpareIndex, sequence: int, report: Callable[[int], None]) -> None:
    done = 0
    for operations in all_operations(sequence):
        spare.apply(operations)
        done += len(operations)
        report(done)


def _replay(spare: SpareIndex, reached: int) -> int:
    while changes := list(changes_after(reached, _BATCH)):
        spare.apply(operations_for(changes))
        reached = changes[-1].sequence
    return reached
