"""What search does without being asked: read the outbox, follow the calendar."""

from datetime import time

from catalogue.jobs import drain, schedule
from search.services import announce_differences, apply_changes

drain("search")(apply_changes)


@schedule("search.follow_validity", at=time(0, 0), atomic=False)
def follow_validity() -> None:
    """Make versions searchable on the day they come into force, and take the ended ones away."""
    announce_differences()
