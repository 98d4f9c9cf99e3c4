"""Giving a job that was given up another chance."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from catalogue import clock
from catalogue.enums import JobState
from catalogue.models import Job
from catalogue.permissions import Permission, require
from catalogue.services.audit import record


@transaction.atomic
def retry_job(*, job: Job, by: Any) -> Job:
    """Put a job that was given up back into the queue, due now, with all its attempts.

    Raises `PermissionDenied`, and `ValidationError` for a job in another state.
    """
    require(by, Permission.VIEW_OPERATIONS)
    revived = Job.objects.filter(pk=job.pk, state=JobState.DEAD).update(
        state=JobState.PENDING,
        attempts=0,
        next_try_at=clock.now(),
        leased_by="",
        leased_until=None,
    )
    if not revived:
        raise ValidationError(_("Only a job that was given up can be tried again."))
    job.refresh_from_db()
    record(by=by, action="job.retried", target=job, note=job.kind)
    return job
