"""Submissions and dossiers for tests."""

import hashlib
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from catalogue import clock
from catalogue.canonical import sha256_hex
from catalogue.clock import local
from catalogue.enums import Role
from catalogue.models import Agency, ProcedureVersion
from factories.catalogue import make_agency, make_membership
from factories.search import LONG_AGO, make_channel, make_group, publish
from formbuilder.models import Attachment, Draft, Submission
from formbuilder.numbers import new_submission_number
from formbuilder.services.form_versions import store_form_version
from onestop.models import Dossier
from onestop.scopes import every_dossier
from onestop.selectors.calendars import end_of_working_days
from onestop.services.receive_dossier import receive_dossier
from onestop.services.receive_submission import receive_submission
from portal.accounts.models import User

_numbers = count(1)
# The question that the form of `make_version` asks for its one paper.
PAPER = "paper_1"


@transaction.atomic
def make_version(
    code: str = "", *, limit: dict[str, Any] | None = None, **changes: Any
) -> ProcedureVersion:
    """Publish a procedure that is filed online, with a time limit (3 working days) and a paper."""
    code = code or f"9.{next(_numbers):06d}"
    values = {
        "channels": [make_channel("online", **(limit or {}))],
        "document_groups": [make_group("Giấy chứng sinh")],
    }
    version = publish(code, **{**values, **changes})
    store_form_version(version)
    return version


def make_submission(
    *,
    agency: Agency | None = None,
    version: ProcedureVersion | None = None,
    name: str = "Lò Văn Ương",
    file_name: str = "",
    submitted_at: datetime | None = None,
    **answers: Any,
) -> Submission:
    """Store a submission that no dossier was opened for yet, with a file named `file_name`."""
    form_version = (version or make_version()).form_version
    agency = agency or make_agency()
    draft = Draft.objects.create(
        form_version=form_version, place=agency, expires_at=clock.now() + timedelta(days=30)
    )
    answers = {"full_name": name, "email": "ung@example.vn", **answers}
    if file_name:
        answers[PAPER] = {"way": "upload", "files": [_make_file(draft, file_name).as_answer()]}
    moment = submitted_at or clock.now()
    return Submission.objects.create(
        number=new_submission_number(local(moment).date()),
        draft=draft,
        form_version=form_version,
        answers=answers,
        answers_sha256=sha256_hex(answers),
        idempotency_key=str(draft.pk),
        agency=agency,
        submitted_at=moment,
        answer_by=end_of_working_days(moment, 1, agency),
    )


def make_dossier(**values: Any) -> Dossier:
    """Store a dossier that waits for reception; takes what `make_submission` takes."""
    submission = make_submission(**values)
    receive_submission(submission)
    with every_dossier():
        return Dossier.objects.get(submission=submission)


def make_received_dossier(*, by: Any, **values: Any) -> Dossier:
    """Store a dossier that the officer `by` has received."""
    return receive_dossier(dossier=make_dossier(**values), by=by)


def make_officer(agency: Agency, role: str = Role.COUNTER_OFFICER) -> User:
    """Store an officer who has worked at `agency` for long."""
    membership = make_membership(None, agency, role, valid_from=LONG_AGO)
    return User.objects.get(pk=membership.user_id)


def _make_file(draft: Draft, name: str) -> Attachment:
    content = b"%PDF-1.7 specimen"
    return Attachment.objects.create(
        draft=draft,
        slot=PAPER,
        name=name,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        content_type="application/pdf",
        file=ContentFile(content, name=name),
    )
