"""How the index stands: for the editors' page."""

from dataclasses import dataclass

from django.core.cache import cache

from catalogue.enums import JobState
from catalogue.models import Job
from catalogue.selectors.changes import lag_of
from search.engines import IndexFacts, IndexUnusableError, current_engine
from search.selectors.cursor import CONSUMER

REBUILD = "search.rebuild"


@dataclass(frozen=True)
class RebuildProgress:
    """How many procedures a rebuild has indexed, and of how many."""

    done: int
    of: int


@dataclass(frozen=True)
class IndexStatus:
    """How many documents, how many changes behind, and the rebuild that was asked for last.

    `facts` and `documents` are None without a usable index; `progress` is None unless a rebuild
    runs.
    """

    facts: IndexFacts | None
    documents: int | None
    lag: int
    rebuild: Job | None
    progress: RebuildProgress | None

    @property
    def is_rebuilding(self) -> bool:
        """Whether a rebuild waits or runs."""
        return self.rebuild is not None and self.rebuild.state in {
            JobState.PENDING,
            JobState.RUNNING,
        }


def index_status() -> IndexStatus:
    """Return how the index stands."""
    engine = current_engine()
    try:
        facts, documents = engine.facts(), engine.count()
    except IndexUnusableError:
        facts, documents = None, None
    rebuild = Job.objects.filter(kind=REBUILD).order_by("-pk").first()
    is_running = rebuild is not None and rebuild.state == JobState.RUNNING
    return IndexStatus(
        facts=facts,
        documents=documents,
        lag=lag_of(CONSUMER),
        rebuild=rebuild,
        progress=cache.get(REBUILD) if is_running else None,
    )
