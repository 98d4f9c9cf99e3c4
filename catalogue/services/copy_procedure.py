"""Beginning a procedure as a copy of a published one."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from catalogue.documents import lift
from catalogue.keys import with_fresh_keys
from catalogue.models import AgencyPage, FormerCode, Procedure, ProcedureVersion
from catalogue.models.procedure import CODE_PATTERN
from catalogue.permissions import Permission, require
from catalogue.services.audit import record
from catalogue.services.procedures import write_procedure
from catalogue.text import normalise


@transaction.atomic
def copy_procedure(
    *, source: ProcedureVersion, code: str, name: str, parent: AgencyPage, by: Any
) -> Procedure:
    """Write a new draft under `parent` with the parts of `source`, and return it.

    Only what is public is copied, whoever publishes it. Every part gets a key of its own; nothing
    is published. Raises `PermissionDenied` without the right to edit at the agency of `parent`,
    `ValidationError` for a code that is in use or cannot be one, and for an empty name.
    """
    require(by, Permission.EDIT_PROCEDURES, parent.agency)
    if source.valid_from is None:
        raise ValidationError(_("Only what is published can be copied."))
    code, name = normalise(code).upper(), normalise(name)
    _refuse(code, name)
    document = with_fresh_keys(lift(source.document)) | {
        "code": code,
        "name": name,
        "source": {"decision_number": None, "url": None},
    }
    page = write_procedure(document=document, parent=parent, procedure=None, by=by)
    record(
        by=by,
        action="copy_procedure",
        target=page,
        agency=parent.agency,
        before=source.sha256,
        after=[code, name],
        note=f"{source} → {code}",
    )
    return page


def _refuse(code: str, name: str) -> None:
    if not re.fullmatch(CODE_PATTERN, code):
        raise ValidationError({"code": _("A code looks like 1.004873.")})
    in_use = (Procedure.objects.filter(code=code), FormerCode.objects.filter(code=code))
    if any(rows.exists() for rows in in_use):
        raise ValidationError({"code": _("%s is the code of another procedure.") % code})
    if not name:
        raise ValidationError({"name": _("This is empty: fill it in.")})
