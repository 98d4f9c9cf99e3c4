"""Sending a decision to its approver, each text pinned as it stands then."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from catalogue import clock
from catalogue.canonical import sha256_hex
from catalogue.documents import read_document, validate_document
from catalogue.enums import DecisionAction, DecisionState
from catalogue.models import Agency, DecisionItem, PublicationDecision
from catalogue.permissions import Permission, require
from catalogue.services.decisions.correct import refuse_new_meaning
from catalogue.services.decisions.states import (
    DecisionRefused,
    locked,
    move,
    refuse_other_state,
)

SUBMITTABLE = (DecisionState.DRAFT, DecisionState.SUBMITTED)


def submit_decision(*, decision: PublicationDecision, by: Any) -> PublicationDecision:
    """Send a decision to its approver, its texts pinned as they stand now.

    A submitted one is sent again when a text has changed. The texts are read before the
    transaction, which is short whatever their number; one that changes meanwhile is refused at
    the approval. Raises `DecisionRefused`, or `DocumentInvalid` with the places to mend.
    """
    decision = PublicationDecision.objects.select_related("agency").get(pk=decision.pk)
    require(by, Permission.PREPARE_DECISIONS, decision.agency)
    refuse_other_state(decision, *SUBMITTABLE)
    pinned = _pinned_items(decision)
    with transaction.atomic():
        decision = locked(decision)
        require(by, Permission.PREPARE_DECISIONS, decision.agency)
        refuse_other_state(decision, *SUBMITTABLE)
        DecisionItem.objects.bulk_update(pinned, ["revision", "sha256"])
        return move(decision, DecisionState.SUBMITTED, by, submitted_at=clock.now())


def read_text(item: DecisionItem, agency: Agency) -> dict[str, Any]:
    """Pin the latest revision of the item's procedure and the hash of its document; return it.

    Stores nothing. Raises `DecisionRefused`, or `DocumentInvalid` with the places to mend.
    """
    procedure = item.procedure
    revision = procedure.latest_revision
    if revision is None:
        raise DecisionRefused(_("%s has no saved text.") % procedure.code)
    document = read_document(revision.as_object(), agency)
    if document["code"] != procedure.code:
        raise DecisionRefused(_("%s: a code never changes.") % procedure.code)
    item.revision, item.sha256 = revision, sha256_hex(document)
    validate_document(document)
    return document


def _pinned_items(decision: PublicationDecision) -> list[DecisionItem]:
    items = list(decision.items.select_related("procedure__latest_revision", "procedure__field"))
    if not items:
        raise DecisionRefused(_("The decision has no procedure yet: add one."))
    texts = [item for item in items if item.action != DecisionAction.ABOLISH]
    documents = {item.procedure_id: read_text(item, decision.agency) for item in texts}
    refuse_new_meaning(texts, documents)
    return texts
