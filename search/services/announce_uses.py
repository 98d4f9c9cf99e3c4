"""What readers use most comes a little earlier: the index learns it once a week."""

from django.db import transaction

from catalogue.services.changes import announce
from search.selectors.popularity import uses_by_code
from search.selectors.versions import PROCEDURE_VERSION


def announce_uses() -> int:
    """Announce every procedure used in the last 12 months, and return how many.

    Reading the outbox then indexes them with today's counts.
    """
    codes = sorted(uses_by_code())
    with transaction.atomic():
        announce(kind=PROCEDURE_VERSION, keys=codes)
    return len(codes)
