"""Reports of wrong information on a procedure's page, and what the agency did about them."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from catalogue import clock
from catalogue.enums import ReportedPart, ReportState
from catalogue.models import ContentReport, ProcedureVersion
from catalogue.permissions import Permission, require
from catalogue.services.audit import record
from catalogue.text import normalise, normalise_lines

LONGEST_MESSAGE = 2000
LONGEST_CONTACT = 254
CONTACT_KEPT = timedelta(days=90)


@transaction.atomic
def report_content(
    *, version: ProcedureVersion, part: ReportedPart, message: str, contact: str = ""
) -> ContentReport:
    """Keep what a reader found wrong on the page of `version`, for the agency that published it.

    Anyone may report; `contact` is personal data and optional. Raises `ValidationError` for an
    empty or too long message. The trail names nobody: nothing is known of who reports.
    """
    message, contact = normalise_lines(message), normalise(contact)
    if not message:
        raise ValidationError(_("Say what is wrong."), code="empty")
    if len(message) > LONGEST_MESSAGE or len(contact) > LONGEST_CONTACT:
        raise ValidationError(_("This is too long."), code="too_long")
    report = ContentReport.objects.create(
        version=version,
        agency=version.agency,
        part=ReportedPart(part),
        message=message,
        contact=contact,
    )
    record(by=None, action="report_content", target=report, agency=report.agency)
    return report


@transaction.atomic
def answer_report(
    *, report: ContentReport, state: ReportState, answer: str, by: Any
) -> ContentReport:
    """Settle `report`: mended or unfounded, and in words what was done.

    How to reach the reader is forgotten: it served this answer. Raises `PermissionDenied` without
    the right to edit at the agency, `ValidationError` while the report would stay open or nothing
    is said.
    """
    report = ContentReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    require(by, Permission.EDIT_PROCEDURES, report.agency)
    answer = normalise_lines(answer)
    if state == ReportState.OPEN:
        raise ValidationError({"state": _("Choose whether the page was mended or is right.")})
    if not answer:
        raise ValidationError({"answer": _("Say what was done, or why the page is right.")})
    before = report.state
    report.state, report.answer = ReportState(state), answer
    report.handled_by, report.handled_at = by, clock.now()
    report.contact = ""
    report.save(update_fields=["state", "answer", "handled_by", "handled_at", "contact"])
    record(
        by=by,
        action="answer_report",
        target=report,
        agency=report.agency,
        before=before,
        after=report.state,
    )
    return report


@transaction.atomic
def forget_contacts() -> int:
    """Forget how to reach readers whose reports are older than 90 days; return how many."""
    old = ContentReport.objects.filter(created_at__lt=clock.now() - CONTACT_KEPT)
    return old.exclude(contact="").update(contact="")
