"""Noting how far search has read the outbox."""

from catalogue import clock
from catalogue.models import ChangeCursor
from search.selectors.cursor import CONSUMER


def move_cursor(sequence: int) -> None:
    """Note that the index holds all changes up to `sequence`; the engine has committed them."""
    ChangeCursor.objects.update_or_create(
        consumer=CONSUMER, defaults={"sequence": sequence, "at": clock.now()}
    )
