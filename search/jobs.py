"""What search does without being asked: read the outbox, and once a night compare."""

from datetime import time, timedelta
from typing import Any

from catalogue.jobs import drain, job_handler, schedule
from search.selectors.index_status import REBUILD
from search.services import announce_differences, apply_changes, rebuild_index, refresh_lexicon
from search.services.asked_queries import forget_asked
from search.services.request_rebuild import rebuild_with_progress

drain("search")(apply_changes)


@job_handler(REBUILD, max_attempts=3, lease=timedelta(minutes=10), atomic=False)
def rebuild(_payload: dict[str, Any]) -> None:
    """Build the index anew because somebody asked for it."""
    rebuild_with_progress()


@schedule("search.forget_asked", at=time(2, 20), atomic=False)
def forget() -> None:
    """Delete what readers asked once it is 90 days old."""
    forget_asked()


@schedule("search.reconcile", at=time(2, 0), atomic=False)
def reconcile() -> None:
    """Mend what differs between index and catalogue, whatever the reason was."""
    announce_differences()


# Counting the words of ten thousand procedures takes half a minute.
@schedule("search.lexicon", every=timedelta(minutes=15), lease=timedelta(minutes=10), atomic=False)
def count_words() -> None:
    """Build the lexicon anew where the catalogue has changed."""
    refresh_lexicon()


@schedule("search.uses", every=timedelta(days=7), atomic=False)
def learn_uses() -> None:
    """Let what readers use most come a little earlier: a new index holds the counts of today."""
    rebuild_index()
