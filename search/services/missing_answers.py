"""What readers tell us they did not find, and what editors did about it."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from catalogue import clock
from catalogue.permissions import Permission, require
from catalogue.services.audit import record
from catalogue.services.network_limits import NetworkLimit
from catalogue.text import normalise, normalise_lines
from search.models import MissingAnswer
from search.privacy import mask_personal
from search.query import clean

LONGEST_NOTE = 1000
# A counter that helps people all day meets a handful of gaps in an hour; a machine finds more.
MISSING_REPORTS = NetworkLimit("search.missing_answers", places=10, kept_for=timedelta(hours=1))


@transaction.atomic
def report_missing(*, query: str, note: str = "") -> MissingAnswer:
    """Keep what a reader asked in vain and, in `note`, what they looked for; anyone may.

    Personal numbers are masked. Raises `ValidationError` when nothing is said or too much.
    """
    query, note = clean(query), normalise_lines(note)
    if not query and not note:
        raise ValidationError({"note": _("Say what you looked for.")}, code="empty")
    if len(note) > LONGEST_NOTE:
        raise ValidationError({"note": _("This is too long.")}, code="too_long")
    missing = MissingAnswer.objects.create(
        query=mask_personal(query)[:200], note=mask_personal(note)[:LONGEST_NOTE]
    )
    record(by=None, action="missing_answer.reported", target=missing)
    return missing


@transaction.atomic
def settle_missing_answer(*, missing: MissingAnswer, outcome: str, by: Any) -> MissingAnswer:
    """Say what was done about `missing`.

    Raises `PermissionDenied` without the right to edit search, `ValidationError` without words.
    """
    require(by, Permission.EDIT_SEARCH)
    outcome = normalise(outcome)
    if not outcome:
        raise ValidationError({"outcome": _("Say what was done, or why nothing is to be done.")})
    missing.outcome, missing.handled_by, missing.handled_at = outcome, by, clock.now()
    missing.save(update_fields=["outcome", "handled_by", "handled_at"])
    record(by=by, action="missing_answer.settled", target=missing, note=outcome)
    return missing
