"""Writing the audit trail."""

from typing import Any

from django.db import models

from catalogue import clock
from catalogue.canonical import sha256_hex
from catalogue.models import Agency, AuditEntry


def record(
    *,
    by: Any,
    action: str,
    target: models.Model,
    agency: Agency | None = None,
    before: Any = None,
    after: Any = None,
    note: str = "",
) -> AuditEntry:
    """Record that `by` (a user, or None for the system) did `action` to `target`.

    `before` and `after` are JSON values of the object; only their SHA-256 is kept, so the trail
    holds no personal data. Runs in the caller's transaction.
    """
    at = clock.now()
    return AuditEntry.objects.create(
        at=at,
        year=at.year,
        user_id=by.pk if by is not None else None,
        user_name=str(by) if by is not None else "",
        action=action,
        object_type=target._meta.label_lower,
        object_id=str(target.pk),
        agency_code=agency.code if agency else "",
        before_hash=sha256_hex(before) if before is not None else "",
        after_hash=sha256_hex(after) if after is not None else "",
        note=note[:300],
    )
