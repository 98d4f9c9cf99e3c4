"""Building the index anew because somebody asked for it."""

from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.db import transaction

from catalogue import clock
from catalogue.models import Job, ProcedureVersion
from catalogue.permissions import Permission, require
from catalogue.services.audit import record
from catalogue.services.jobs import enqueue, renew_lease
from search.selectors.index_status import REBUILD, RebuildProgress
from search.services.build_lexicon import build_lexicon
from search.services.rebuild_index import rebuild_index

_PROGRESS_KEPT = timedelta(minutes=10)


@transaction.atomic
def request_rebuild(*, by: Any) -> Job:
    """Queue a rebuild of the index and return its job; one that waits already is enough.

    Raises `PermissionDenied` without the right to see operations.
    """
    require(by, Permission.VIEW_OPERATIONS)
    job = enqueue(kind=REBUILD, payload={}, waiting_key=REBUILD)
    record(by=by, action="search.rebuild_requested", target=job)
    return job


def rebuild_with_progress() -> None:
    """Build index and lexicon anew and tell the editors' page how far it is; run by the worker."""
    total = ProcedureVersion.objects.in_force_on(clock.today()).count()

    def report(done: int) -> None:
        cache.set(REBUILD, RebuildProgress(done, total), _PROGRESS_KEPT.total_seconds())
        renew_lease()

    report(0)
    rebuild_index(report=report)
    build_lexicon()
