"""Days on which versions begin or end: the outbox and Wagtail's live state follow the calendar."""

from datetime import time
from typing import Any

from django.db import transaction
from django.db.models import Q

from catalogue import clock
from catalogue.jobs import job_handler, schedule
from catalogue.models import Procedure, ProcedureVersion
from catalogue.services.changes import announce
from catalogue.services.jobs import enqueue


@job_handler("catalogue.sync_live_pages")
def sync_live_pages(payload: dict[str, Any]) -> None:
    """Make the live state of the pages `payload["codes"]` that of their versions in force."""
    in_force = dict(
        ProcedureVersion.objects.in_force_on(clock.today())
        .filter(code__in=payload["codes"])
        .values_list("procedure_id", "revision_id")
    )
    for page in Procedure.objects.filter(code__in=payload["codes"]).only("pk", "latest_revision"):
        revision = in_force.get(page.pk)
        Procedure.objects.filter(pk=page.pk).update(
            live=revision is not None,
            live_revision=revision,
            has_unpublished_changes=revision != page.latest_revision_id,
        )


@schedule("catalogue.versions_by_date", at=time(0, 0, 1))
def follow_the_calendar() -> None:
    """Announce the procedures whose version begins or ends today, so that readers look again."""
    today = clock.today()
    codes = list(
        ProcedureVersion.objects.filter(Q(valid_from=today) | Q(valid_to=today))
        .order_by("code")
        .values_list("code", flat=True)
        .distinct()
    )
    if codes:
        with transaction.atomic():
            enqueue(kind="catalogue.sync_live_pages", payload={"codes": codes})
            announce(kind="procedure_version", keys=codes)
