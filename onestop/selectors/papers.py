"""What stands on printed forms, and what a stranger may check of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from catalogue.clock import local
from catalogue.documents import lift
from catalogue.printing import qr_svg, render_pdf
from formbuilder.selectors.submissions import applicant_of, attachments_of
from onestop.enums import EventKind
from onestop.limits import offered_limits
from onestop.models import Dossier, DossierEvent, EventPayload
from onestop.papers import RECEIPT, InvalidToken, Paper, paper_of, paper_token
from onestop.scopes import every_dossier


class NoReceipt(LookupError):
    """A dossier that is not received has no form 01."""


@dataclass(frozen=True)
class CheckedPaper:
    """What the page behind a QR code confirms; no personal data (D61 art. 17(3))."""

    form: str
    code: str
    agency_name: str
    procedure_code: str
    procedure_name: str
    printed_for: datetime
    due_at: datetime | None


def receipt_pdf(dossier: Dossier) -> bytes:
    """Return form 01 of a received `dossier` as an A5 PDF (C01 art. 9, D61 art. 17(1)c).

    The form is prescribed in Vietnamese, whatever the language of the page. Raises `NoReceipt`.
    """
    with every_dossier():
        event = (
            DossierEvent.objects.filter(dossier=dossier, kind=EventKind.RECEIVED)
            .select_related("by")
            .first()
        )
        payload = (
            EventPayload.objects.filter(dossier=dossier, seq=event.seq).first() if event else None
        )
    if event is None or payload is None:
        raise NoReceipt(str(dossier.pk))
    with translation.override("vi"):
        return render_pdf("onestop/receipt.typ", _receipt_facts(dossier, event, payload.payload))


def check_paper(token: str) -> CheckedPaper:
    """Return what the paper with the QR code `token` is; raises `InvalidToken`."""
    paper = paper_of(token)
    with every_dossier():
        event = (
            DossierEvent.objects.filter(dossier=paper.dossier, seq=paper.seq)
            .select_related("dossier__agency")
            .first()
        )
    if event is None or paper.form != RECEIPT or event.kind != EventKind.RECEIVED:
        raise InvalidToken(token)
    dossier = event.dossier
    return CheckedPaper(
        form=paper.form,
        code=dossier.code or "",
        agency_name=dossier.agency.name,
        procedure_code=dossier.procedure_code,
        procedure_name=dossier.procedure_name,
        printed_for=event.at,
        due_at=dossier.due_at,
    )


def _receipt_facts(
    dossier: Dossier, event: DossierEvent, payload: dict[str, Any]
) -> dict[str, Any]:
    applicant = applicant_of(dossier.submission)
    token = paper_token(Paper(RECEIPT, dossier.pk, event.seq))
    parent = dossier.agency.parent
    return {
        "agency": dossier.agency.name,
        "above": parent.name if parent else "",
        "code": dossier.code,
        "submission": dossier.submission.number,
        "procedure": f"{dossier.procedure_name} ({dossier.procedure_code})",
        "applicant": dossier.applicant_name,
        "address": applicant.address,
        "phone": applicant.phone,
        "email": applicant.email,
        # A paper of several pages may have been sent as several files.
        "papers": list(dict.fromkeys(file.label for file in attachments_of(dossier.submission))),
        "sets": lift(dossier.procedure_version.document)["sets"] or 1,
        "limit": _limit_words(dossier, payload["limit"]),
        "received": _spoken(event.at),
        "due": _spoken(datetime.fromisoformat(payload["due_at"])),
        "due_stated": payload["due_stated"],
        "officer": str(event.by or ""),
        "day": _day(event.at),
        "qr": qr_svg(settings.PUBLIC_URL + reverse("onestop:verify", args=[token])),
        "tracking": settings.PUBLIC_URL + reverse("onestop:track", args=[dossier.code]),
    }


def _limit_words(dossier: Dossier, key: str) -> str:
    offered = offered_limits(lift(dossier.procedure_version.document))
    return next((limit.words for limit in offered if limit.key == key), "")


def _spoken(moment: datetime) -> str:
    return f"{local(moment):%H giờ %M phút, ngày %d/%m/%Y}"


def _day(moment: datetime) -> str:
    return f"{local(moment):ngày %d tháng %m năm %Y}"
