"""Published versions for machines: lists with a cursor, and all versions of one procedure."""

import re
from datetime import date, datetime

from django.db.models import Q, QuerySet

from catalogue import clock
from catalogue.models import ProcedureVersion
from catalogue.models.procedure import CODE_PATTERN
from catalogue.selectors.listing import Narrowing, listed_versions


def published_after(
    code: str, limit: int, narrowing: Narrowing, *, on: date, since: datetime | None = None
) -> list[ProcedureVersion]:
    """Return up to `limit` versions in force on a day whose codes follow `code`, in order.

    With `since` (aware) only those that were approved, entered or came into force from then on.
    """
    versions = listed_versions(narrowing, on=on).filter(code__gt=code.replace("\0", ""))
    if since is not None:
        versions = versions.filter(_changed_since(since))
    return list(
        versions.defer("document").select_related("agency", "field").order_by("code")[:limit]
    )


def entered_versions(code: str) -> QuerySet[ProcedureVersion]:
    """Return the entered versions of procedure `code` with their decisions, the oldest first."""
    if not re.fullmatch(CODE_PATTERN, code):
        return ProcedureVersion.objects.none()
    return (
        ProcedureVersion.objects.entered()
        .filter(code=code)
        .defer("document")
        .select_related("decision_item__decision")
        .order_by("valid_from")
    )


def _changed_since(moment: datetime) -> Q:
    """Return what tells that a version is new: an import enters decisions before versions."""
    return (
        Q(created_at__gte=moment)
        | Q(decision_item__decision__entered_at__gte=moment)
        | Q(valid_from__gte=clock.local(moment).date())
    )
