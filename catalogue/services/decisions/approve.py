"""Approving what was submitted: each pinned text becomes a version not yet in force."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from catalogue import clock
from catalogue.canonical import sha256_hex
from catalogue.documents import read_document
from catalogue.enums import DecisionAction, DecisionState
from catalogue.models import Agency, DecisionItem, PublicationDecision
from catalogue.permissions import Permission, require
from catalogue.services.decisions.correct import refuse_new_meaning, set_days_of_correction
from catalogue.services.decisions.four_eyes import approval_has_lapsed, refuse_own_work
from catalogue.services.decisions.overlaps import lock_procedures, refuse_overlaps
from catalogue.services.decisions.states import (
    DecisionRefused,
    locked,
    move,
    refuse_other_state,
)
from catalogue.services.decisions.unaltered import refuse_altered_documents
from catalogue.services.versions import NewVersions, new_versions

Document = dict[str, Any]


def approve_decision(*, decision: PublicationDecision, by: Any) -> PublicationDecision:
    """Approve what was submitted: keep each pinned text as a version not yet in force.

    The approver is nobody who made the decision or wrote a revision since the last version. A
    decision whose approver lost the right is approved again, its versions as they are. The texts
    are compiled before the transaction, which is short whatever their number. Raises
    `DecisionRefused`, also when a text has changed since it was submitted.
    """
    decision = PublicationDecision.objects.select_related("agency", "approved_by").get(
        pk=decision.pk
    )
    require(by, Permission.APPROVE_DECISIONS, decision.agency)
    if decision.state == DecisionState.APPROVED and approval_has_lapsed(decision):
        return _approve_again(decision, by)
    refuse_other_state(decision, DecisionState.SUBMITTED)
    items = _items_with_texts(decision)
    refuse_own_work(decision, items, by)
    documents = {
        item.procedure_id: _submitted_document(item, decision.agency)
        for item in items
        if item.action != DecisionAction.ABOLISH
    }
    by_code = {
        item.procedure.code: documents[item.procedure_id]
        for item in items
        if item.procedure_id in documents
    }
    versions = new_versions(items, by_code)
    with transaction.atomic():
        return _approve(locked(decision), items, versions, documents, by)


def _approve(
    decision: PublicationDecision,
    items: Sequence[DecisionItem],
    versions: NewVersions,
    documents: Mapping[int, Document],
    by: Any,
) -> PublicationDecision:
    require(by, Permission.APPROVE_DECISIONS, decision.agency)
    refuse_other_state(decision, DecisionState.SUBMITTED)
    lock_procedures(decision)
    if _pins(_stored_items(decision)) != _pins(items):
        raise DecisionRefused(_("The decision has changed meanwhile: look at it once more."))
    refuse_own_work(decision, items, by)
    refuse_new_meaning(items, documents)
    set_days_of_correction(decision)
    refuse_overlaps(decision.items.all())
    versions.number_anew()
    versions.store()
    return move(decision, DecisionState.APPROVED, by, approved_by=by, approved_at=clock.now())


@transaction.atomic
def _approve_again(decision: PublicationDecision, by: Any) -> PublicationDecision:
    decision = locked(decision)
    refuse_other_state(decision, DecisionState.APPROVED)
    lock_procedures(decision)
    refuse_own_work(decision, list(_stored_items(decision)), by)
    refuse_altered_documents(decision)
    set_days_of_correction(decision)
    refuse_overlaps(decision.items.all())
    return move(decision, DecisionState.APPROVED, by, approved_by=by, approved_at=clock.now())


def _stored_items(decision: PublicationDecision) -> Any:
    told = ("decision", "action", "revision", "sha256", "procedure__code")
    return (
        decision.items.select_related("procedure")
        .only(*told, "procedure__latest_revision")
        .order_by("pk")
    )


def _items_with_texts(decision: PublicationDecision) -> list[DecisionItem]:
    return list(
        decision.items.select_related("procedure__field", "revision", "decision__agency").order_by(
            "pk"
        )
    )


def _pins(items: Sequence[DecisionItem]) -> list[tuple[Any, ...]]:
    """Return what must not change between reading the texts and keeping them."""
    return [
        (item.pk, item.action, item.revision_id, item.sha256, item.procedure.latest_revision_id)
        for item in items
    ]


def _submitted_document(item: DecisionItem, agency: Agency) -> Document:
    """Return the document that was submitted, or refuse when it would be another one by now.

    One with the hash of its pin was found valid when it was submitted.
    """
    pinned = item.revision
    same = pinned is not None and pinned.pk == item.procedure.latest_revision_id
    document = read_document(pinned.as_object(), agency) if pinned and same else {}
    if sha256_hex(document) != item.sha256:
        raise DecisionRefused(
            _("%s was changed after it was sent for approval: it must be sent again.")
            % item.procedure.code
        )
    return document
