"""Consumers of the outbox: reading on from their cursor, and what becomes of failures."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import F

from catalogue import clock
from catalogue.models import Change, ChangeCursor
from catalogue.redaction import describe_error
from catalogue.selectors.changes import changes_after, lag_of

FIRST_DELAY = timedelta(seconds=1)
# Caught up within a minute after an engine is back.
LONGEST_DELAY = timedelta(seconds=30)


def consume_changes(
    *, consumer: str, handle: Callable[[Sequence[Change]], None], limit: int = 100
) -> int:
    """Give `handle` the next changes, move the cursor with it in one transaction, return how many.

    For consumers whose effects are in the database: each change takes effect exactly once, in
    order, however many workers call at the same time and whenever one of them is killed.
    """
    if not lag_of(consumer):  # an idle worker must not take SQLite's one write lock
        return 0
    with transaction.atomic():
        ChangeCursor.objects.get_or_create(consumer=consumer)
        cursors = ChangeCursor.objects.select_for_update(skip_locked=True)
        cursor = cursors.filter(consumer=consumer).first()
        changes = list(changes_after(cursor.sequence, limit)) if cursor else []
        if cursor and changes:
            handle(changes)
            cursor.sequence, cursor.at = changes[-1].sequence, clock.now()
            cursor.save(update_fields=["sequence", "at"])
    return len(changes)


def record_consumer_failure(*, consumer: str, error: BaseException) -> None:
    """Count a failure of `consumer`, which waits longer after each."""
    ChangeCursor.objects.get_or_create(consumer=consumer)
    ChangeCursor.objects.filter(consumer=consumer).update(
        failures=F("failures") + 1, last_error=describe_error(error), at=clock.now()
    )


def record_consumer_recovery(*, consumer: str) -> None:
    """Forget the failures of `consumer`: it works again."""
    ChangeCursor.objects.filter(consumer=consumer).update(failures=0, last_error="", at=clock.now())


def must_wait(cursor: ChangeCursor) -> bool:
    """Whether a consumer that failed is still to be left alone: 1 s, 2 s, 4 s … at most 30 s."""
    if not cursor.failures:
        return False
    growth: int = 2 ** min(cursor.failures - 1, 10)
    delay = min(FIRST_DELAY * growth, LONGEST_DELAY)
    return clock.now() < cursor.at + delay
