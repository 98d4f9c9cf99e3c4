"""What search does without being asked: read the outbox, and once a night compare."""

from datetime import time

from catalogue.jobs import drain, schedule
from search.services import announce_differences, apply_changes
from search.services.asked_queries import forget_asked

drain("search")(apply_changes)


@schedule("search.forget_asked", at=time(2, 20), atomic=False)
def forget() -> None:
    """Delete what readers asked once it is 90 days old."""
    forget_asked()


@schedule("search.reconcile", at=time(2, 0), atomic=False)
def reconcile() -> None:
    """Mend what differs between index and catalogue, whatever the reason was."""
    announce_differences()
