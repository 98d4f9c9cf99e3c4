"""The one-stop side of a submission: what was sent becomes a dossier in the agency's inbox."""

from django.db import transaction

from catalogue.clock import local
from catalogue.documents import lift
from catalogue.text import fold, normalise
from formbuilder.models import Submission
from formbuilder.selectors.submissions import applicant_name
from onestop.enums import EventKind
from onestop.models import Dossier
from onestop.scopes import every_dossier
from onestop.services.events import append_event
from onestop.services.usage import count_usage


@transaction.atomic
def receive_submission(submission: Submission) -> None:
    """Open the dossier of `submission` inside the transaction that stores it.

    Submitted is not received: the dossier waits for the officer (D61 art. 17(2)). Implements
    `formbuilder.ports.SubmissionReceiver`.
    """
    version = submission.form_version.procedure_version
    name = normalise(applicant_name(submission))
    with every_dossier():
        dossier = Dossier.objects.create(
            submission=submission,
            agency=submission.agency,
            procedure_code=version.code,
            procedure_name=lift(version.document)["name"],
            procedure_version=version,
            applicant_name=name,
            applicant_key=fold(name),
            submitted_at=submission.submitted_at,
        )
        append_event(
            dossier=dossier,
            kind=EventKind.SUBMITTED,
            by=submission.user,
            at=submission.submitted_at,
            payload={
                "submission": submission.number,
                "agency": submission.agency.code,
                "procedure": version.code,
                "procedure_version": version.number,
                "answers": submission.answers_sha256,
            },
        )
    day = local(submission.submitted_at).date()
    count_usage(procedure_code=version.code, day=day, counter="submitted")
