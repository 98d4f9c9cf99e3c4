"""Codes that lead on to another procedure."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from catalogue.models import FormerCode, Procedure, ProcedureVersion
from catalogue.models.procedure import CODE_PATTERN
from catalogue.permissions import Permission, has_permission, require
from catalogue.selectors.versions import has_days_to_come
from catalogue.services.audit import record
from catalogue.services.changes import announce
from catalogue.services.decisions import publishing_agency
from catalogue.text import normalise


@transaction.atomic
def add_former_code(*, code: str, procedure: Procedure, by: Any) -> FormerCode:
    """Let the former `code` lead to `procedure`; printed papers and bookmarks still carry it.

    Raises `PermissionDenied` without the right to edit at the agency that publishes the procedure;
    `ValidationError` for a code that cannot be one, that another agency published last, that leads
    somewhere already, or that is the code of a procedure in force, to come or not published yet.
    """
    agency = publishing_agency(procedure)
    require(by, Permission.EDIT_PROCEDURES, agency)
    code = normalise(code).upper()
    if not re.fullmatch(CODE_PATTERN, code):
        raise ValidationError({"code": _("A code looks like 1.004873.")})
    if code == procedure.code or has_days_to_come(code):
        raise ValidationError({"code": _("%s is the code of a procedure in force.") % code})
    last = ProcedureVersion.objects.entered().filter(code=code).order_by("-valid_from").first()
    # The page of what ended will name the successor: its publisher answers for that.
    if last and not has_permission(by, Permission.EDIT_PROCEDURES, last.agency):
        told = {"code": code, "agency": last.agency.name}
        raise ValidationError(
            {"code": _("%(code)s was published by %(agency)s: its editors must add it.") % told}
        )
    if not last and Procedure.objects.filter(code=code).exists():
        raise ValidationError({"code": _("%s is the code of another procedure.") % code})
    if FormerCode.objects.filter(code=code).exists():
        raise ValidationError({"code": _("%s leads to another procedure already.") % code})
    former = FormerCode.objects.create(code=code, procedure=procedure)
    record(by=by, action="add_former_code", target=former, agency=agency, note=code)
    announce(kind="former_code", keys=[code])
    return former


@transaction.atomic
def remove_former_code(*, former: FormerCode, by: Any) -> None:
    """Let a former code lead nowhere again; raises `PermissionDenied` without the right."""
    agency = publishing_agency(former.procedure)
    require(by, Permission.EDIT_PROCEDURES, agency)
    record(by=by, action="remove_former_code", target=former, agency=agency, note=former.code)
    code = former.code
    former.delete()
    announce(kind="former_code", keys=[code])
