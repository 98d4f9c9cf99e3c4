"""The acknowledgement: sent, waiting to be received, and by when the agency answers."""

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from catalogue import clock
from catalogue.documents import lift
from catalogue.printing import qr_svg, render_pdf
from formbuilder.models import Submission
from formbuilder.selectors.forms import compiled_form
from formbuilder.selectors.submissions import answers_for_display, applicant_of


def tracking_url(submission: Submission) -> str:
    """Return the public address at which anyone with the number sees how far it is."""
    return f"{settings.PUBLIC_URL}/ho-so/{submission.number}"


def acknowledgement_pdf(submission: Submission) -> bytes:
    """Return the acknowledgement of `submission` as an A5 PDF.

    In Vietnamese whatever the language of the page, like every paper of an agency. It is no form
    01: that comes when the officer receives the dossier (D61 art. 17).
    """
    with translation.override("vi"):
        return render_pdf("formbuilder/acknowledgement.typ", _facts(submission))


def _facts(submission: Submission) -> dict[str, Any]:
    document = lift(submission.form_version.procedure_version.document)
    applicant = applicant_of(submission)
    sent, answer = clock.local(submission.submitted_at), clock.local(submission.answer_by)
    facts = [
        [_("Procedure"), f"{document['name']} ({document['code']})"],
        [_("Applicant"), applicant.name],
        [_("Telephone"), applicant.phone],
        [_("Handed in to"), submission.agency.name],
        [_("Sent"), f"{sent:%H:%M, %d/%m/%Y}"],
    ]
    parent = submission.agency.parent
    return {
        "title": _("Acknowledgement of submission"),
        "state": _("Sent, waiting to be received"),
        "number": submission.number,
        "number_label": _("Submission number"),
        "answer": _("The agency answers by %(day)s.") % {"day": f"{answer:%d/%m/%Y}"},
        "agency": submission.agency.name,
        "above": parent.name if parent else "",
        "facts": [[label, value] for label, value in facts if value],
        "sections": _papers(submission),
        "notes": [
            _(
                "This confirms that the form was sent. It is received only when an officer has"
                " checked it: then you get the dossier code and the day of the result."
            )
        ],
        "qr": qr_svg(tracking_url(submission)),
        "qr_alt": _("QR code of the page that shows how far the dossier is"),
        "foot": tracking_url(submission),
    }


def _papers(submission: Submission) -> list[dict[str, Any]]:
    form = compiled_form(submission.form_version)
    items = [
        f"{answer.label}: {answer.value}".replace("\n", "; ")
        for page in answers_for_display(submission)
        for answer in page.items
        if form.items[answer.key]["type"] == "file"
    ]
    return [{"title": _("Papers"), "items": items}] if items else []
