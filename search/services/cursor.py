"""How far search has read the outbox."""

from catalogue import clock
from catalogue.models import ChangeCursor

CONSUMER = "search"


def cursor_position() -> int:
    """Return the sequence of the last change that the index holds, 0 before the first."""
    cursor = ChangeCursor.objects.filter(consumer=CONSUMER).first()
    return cursor.sequence if cursor else 0


def move_cursor(sequence: int) -> None:
    """Note that the index holds all changes up to `sequence`; the engine has committed them."""
    ChangeCursor.objects.update_or_create(
        consumer=CONSUMER, defaults={"sequence": sequence, "at": clock.now()}
    )
