"""Reading the outbox."""

from django.db.models import Max, QuerySet

from catalogue.models import Change, ChangeCursor


def last_sequence() -> int:
    """Return the sequence of the newest change, 0 before the first."""
    return Change.objects.aggregate(last=Max("sequence"))["last"] or 0


def changes_after(sequence: int, limit: int = 500) -> QuerySet[Change]:
    """Return up to `limit` changes that follow `sequence`, in order."""
    return Change.objects.filter(sequence__gt=sequence).order_by("sequence")[:limit]


def lag_of(consumer: str) -> int:
    """Return how many changes `consumer` still has to handle."""
    cursor = ChangeCursor.objects.filter(consumer=consumer).first()
    return last_sequence() - (cursor.sequence if cursor else 0)
