"""Calling the consumers of the outbox, each on its own."""

import structlog

from catalogue.jobs import DrainFunction, Registry
from catalogue.models import ChangeCursor
from catalogue.services.consumers import (
    must_wait,
    record_consumer_failure,
    record_consumer_recovery,
)

_log = structlog.get_logger(__name__)


def run_drains(registry: Registry) -> int:
    """Call every drain that doesn't wait after a failure; return how many changes were handled.

    The failure of one is counted on its cursor and holds up none of the others.
    """
    cursors = ChangeCursor.objects.in_bulk(list(registry.drains))
    return sum(
        _run_drain(name, function, cursors.get(name)) for name, function in registry.drains.items()
    )


def _run_drain(name: str, function: DrainFunction, cursor: ChangeCursor | None) -> int:
    if cursor and must_wait(cursor):
        return 0
    try:
        handled = function()
    except (Exception, SystemExit) as error:
        # A consumer, perhaps a plugin's, must not end the worker, not even by sys.exit().
        _log.exception("drain.failed", consumer=name)
        record_consumer_failure(consumer=name, error=error)
        return 0
    if cursor and cursor.failures:
        record_consumer_recovery(consumer=name)
    return handled
