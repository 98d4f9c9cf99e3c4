"""How far search has read the outbox."""

from catalogue.models import ChangeCursor

CONSUMER = "search"


def cursor_position() -> int:
    """Return the sequence of the last change that the index holds, 0 before the first."""
    cursor = ChangeCursor.objects.filter(consumer=CONSUMER).first()
    return cursor.sequence if cursor else 0
