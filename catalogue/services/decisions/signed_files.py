"""The signed paper of a decision: a PDF, kept where no address serves it."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from catalogue.enums import DecisionState
from catalogue.models import PublicationDecision
from catalogue.permissions import Permission, require
from catalogue.services.audit import record
from catalogue.services.decisions.states import DecisionRefused, locked

MAX_MEGABYTES = 20
MAX_BYTES = MAX_MEGABYTES * 1024 * 1024
PDF_START = b"%PDF-"


@transaction.atomic
def keep_signed_file(
    *, decision: PublicationDecision, upload: "UploadedFile[bytes]", by: Any
) -> PublicationDecision:
    """Keep `upload` as the signed paper of a decision, instead of the one it had.

    What it is, is told by its own bytes. Raises `DecisionRefused` for anything but a PDF, an empty
    or too large file, for another file than the one approved, and once the decision is entered
    or withdrawn.
    """
    decision = locked(decision)
    require(by, Permission.PREPARE_DECISIONS, decision.agency)
    if decision.state in (DecisionState.IN_FORCE, DecisionState.WITHDRAWN):
        raise DecisionRefused(_("The file of a decision that is entered or withdrawn stays."))
    if decision.state == DecisionState.APPROVED and decision.signed_file:
        raise DecisionRefused(
            _("The decision was approved with this file: withdraw it and have it approved again.")
        )
    _refuse_other_than_pdf(upload)
    storage, replaced = decision.signed_file.storage, str(decision.signed_file.name or "")
    decision.signed_file.save("", upload, save=False)
    decision.save(update_fields=["signed_file"])
    record(by=by, action="keep_signed_file", target=decision, agency=decision.agency)
    if replaced:
        transaction.on_commit(lambda: storage.delete(replaced))
    return decision


def _refuse_other_than_pdf(upload: "UploadedFile[bytes]") -> None:
    size = upload.size or 0
    if not size:
        raise DecisionRefused(_("The file is empty: choose the scan of the signed decision."))
    if size > MAX_BYTES:
        raise DecisionRefused(
            _("The file is larger than %d MB: scan it with a lower resolution.") % MAX_MEGABYTES
        )
    upload.seek(0)
    start = upload.read(len(PDF_START))
    upload.seek(0)
    if start != PDF_START or not (upload.name or "").lower().endswith(".pdf"):
        raise DecisionRefused(_("The file is not a PDF: save or scan the signed decision as one."))
