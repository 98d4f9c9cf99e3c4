"""What enters the catalogue is, byte for byte, what was approved (T11)."""

from django.utils.translation import gettext as _

from catalogue.canonical import sha256_hex
from catalogue.enums import DecisionAction
from catalogue.models import ProcedureVersion, PublicationDecision
from catalogue.services.decisions.states import DecisionRefused


def refuse_altered_documents(decision: PublicationDecision) -> None:
    """Refuse when an item has no version, or its document is not what was submitted."""
    approved = ProcedureVersion.objects.filter(decision_item__decision=decision)
    versions = approved.values_list("decision_item", "document", "sha256", "revision")
    held = {item: values for item, *values in versions}
    items = decision.items.exclude(action=DecisionAction.ABOLISH)
    altered = []
    for pk, code, *pin in items.values_list("pk", "procedure__code", "sha256", "revision"):
        document, *kept = held.get(pk, (None,))
        if document is None or kept != pin or sha256_hex(document) != pin[0]:
            altered.append(code)
    if altered:
        raise DecisionRefused(*(_("%s was altered after its approval.") % code for code in altered))
