"""Approving what was submitted: each pinned text becomes a version not yet in force."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from catalogue import clock
from catalogue.canonical import sha256_hex
from catalogue.documents import SCHEMA_NUMBER, compile_document
from catalogue.documents.listing import listing_values
from catalogue.enums import DecisionAction, DecisionState
from catalogue.models import Agency, DecisionItem, ProcedureVersion, PublicationDecision
from catalogue.permissions import Permission, require
from catalogue.ports import Keep, prepare_companions
from catalogue.services.decisions.correct import refuse_new_meaning, set_days_of_correction
from catalogue.services.decisions.four_eyes import approval_has_lapsed, refuse_own_work
from catalogue.services.decisions.overlaps import refuse_overlaps
from catalogue.services.decisions.states import (
    DecisionRefused,
    locked,
    move,
    refuse_other_state,
)
from catalogue.services.decisions.unaltered import refuse_altered_documents

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
    versions, keeps = _new_versions(items, documents)
    with transaction.atomic():
        return _approve(locked(decision), items, versions, keeps, documents, by)


def store_version(*, item: DecisionItem, document: Document) -> ProcedureVersion:
    """Keep the `document` pinned to `item` as a version of its procedure that is not in force."""
    versions, keeps = _new_versions([item], {item.procedure_id: document})
    _store(versions, keeps)
    return versions[0]


def _approve(
    decision: PublicationDecision,
    items: Sequence[DecisionItem],
    versions: Sequence[ProcedureVersion],
    keeps: Sequence[Keep],
    documents: Mapping[int, Document],
    by: Any,
) -> PublicationDecision:
    require(by, Permission.APPROVE_DECISIONS, decision.agency)
    refuse_other_state(decision, DecisionState.SUBMITTED)
    if _pins(_stored_items(decision)) != _pins(items):
        raise DecisionRefused(_("The decision has changed meanwhile: look at it once more."))
    refuse_own_work(decision, items, by)
    refuse_new_meaning(items, documents)
    set_days_of_correction(decision)
    refuse_overlaps(decision.items.all())
    _store(versions, keeps)
    return move(decision, DecisionState.APPROVED, by, approved_by=by, approved_at=clock.now())


@transaction.atomic
def _approve_again(decision: PublicationDecision, by: Any) -> PublicationDecision:
    decision = locked(decision)
    refuse_other_state(decision, DecisionState.APPROVED)
    refuse_own_work(decision, list(_stored_items(decision)), by)
    refuse_altered_documents(decision)
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
    """Return the document that was submitted, or refuse when it would be another one by now."""
    pinned = item.revision
    same = pinned is not None and pinned.pk == item.procedure.latest_revision_id
    document = compile_document(pinned.as_object(), agency) if pinned and same else {}
    if sha256_hex(document) != item.sha256:
        raise DecisionRefused(
            _("%s was changed after it was sent for approval: it must be sent again.")
            % item.procedure.code
        )
    return document


def _new_versions(
    items: Sequence[DecisionItem], documents: Mapping[int, Document]
) -> tuple[list[ProcedureVersion], list[Keep]]:
    """Return the versions that `items` make, not stored yet, and what keeps their companions."""
    kept = [item for item in items if item.procedure_id in documents]
    numbers = _last_numbers(kept)
    versions = [
        ProcedureVersion(
            procedure=item.procedure,
            code=item.procedure.code,
            number=numbers.get(item.procedure_id, 0) + 1,
            document=documents[item.procedure_id],
            sha256=item.sha256,
            schema_number=SCHEMA_NUMBER,
            decision_item=item,
            revision=item.revision,
            agency=item.decision.agency,
            field=item.procedure.field,
            **listing_values(documents[item.procedure_id]),
        )
        for item in kept
    ]
    return versions, prepare_companions(versions)


def _last_numbers(items: Sequence[DecisionItem]) -> dict[int, int]:
    versions = ProcedureVersion.objects.filter(procedure__in=[i.procedure_id for i in items])
    return dict(versions.order_by().values_list("procedure").annotate(last=Max("number")))


def _store(versions: Sequence[ProcedureVersion], keeps: Sequence[Keep]) -> None:
    ProcedureVersion.objects.bulk_create(versions)
    for keep in keeps:
        keep()
