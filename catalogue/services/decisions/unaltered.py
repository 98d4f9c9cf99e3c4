"""What enters the catalogue is, byte for byte, what was approved (T11)."""

from django.db.models import F, Q
from django.utils.translation import gettext as _

from catalogue.canonical import sha256_hex
from catalogue.enums import DecisionAction
from catalogue.models import ProcedureVersion, PublicationDecision
from catalogue.services.decisions.states import ItemsRefused


def items_without_their_version(decision: PublicationDecision) -> list[str]:
    """Return the codes of items whose version is missing or not of what was submitted.

    Tells by the pins alone, so it takes little time; documents are not read.
    """
    same = Q(version__sha256=F("sha256"), version__revision=F("revision"))
    items = decision.items.exclude(action=DecisionAction.ABOLISH).exclude(same)
    return list(items.values_list("procedure__code", flat=True))


def refuse_altered_pins(decision: PublicationDecision) -> None:
    """Refuse when an item has no version, or one of another text than was submitted."""
    _refuse(items_without_their_version(decision))


def refuse_altered_documents(decision: PublicationDecision) -> None:
    """Refuse like `refuse_altered_pins`, and when a document has not the hash of its pin.

    Reads every document: made for the time before a transaction.
    """
    refuse_altered_pins(decision)
    versions = ProcedureVersion.objects.filter(decision_item__decision=decision)
    told = versions.order_by("pk").values_list("code", "sha256", "document")
    _refuse([code for code, sha256, document in told.iterator() if sha256_hex(document) != sha256])


def _refuse(codes: list[str]) -> None:
    if codes:
        raise ItemsRefused(
            *((code, _("%s was altered after its approval.") % code) for code in codes)
        )
