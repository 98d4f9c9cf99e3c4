"""Approving what was submitted: each pinned text becomes a version not yet in force."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from catalogue import clock
from catalogue.enums import DecisionAction, DecisionState
from catalogue.models import DecisionItem, PublicationDecision
from catalogue.permissions import Permission, require
from catalogue.ports import CompanionRefused
from catalogue.services.decisions.correct import refuse_new_meaning, set_days_of_correction
from catalogue.services.decisions.four_eyes import approval_has_lapsed, refuse_own_work
from catalogue.services.decisions.overlaps import lock_procedures, refuse_overlaps
from catalogue.services.decisions.states import (
    DecisionRefused,
    ItemsRefused,
    locked,
    move,
    refuse_other_state,
)
from catalogue.services.decisions.texts import (
    changed_since,
    items_with_texts,
    read_texts,
    text_that_was_sent,
)
from catalogue.services.decisions.unaltered import (
    items_without_their_version,
    refuse_altered_documents,
    refuse_altered_pins,
)
from catalogue.services.versions import NewVersions, new_versions


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
    if is_approved_again(decision):
        refuse_altered_documents(decision)
        return _approve_again(decision, by)
    refuse_approval(decision, by)
    items = list(items_with_texts(decision))
    versions = versions_of(items)
    with transaction.atomic():
        decision = locked(decision)
        keep_versions(decision, items, versions)
        return finish_approval(decision, by)


def is_approved_again(decision: PublicationDecision) -> bool:
    """Whether `decision` was approved and must be once more; its versions are there."""
    return decision.state == DecisionState.APPROVED and bool(approval_has_lapsed(decision))


def refuse_approval(decision: PublicationDecision, by: Any) -> None:
    """Raise `PermissionDenied` or `DecisionRefused` when `by` cannot approve `decision`."""
    require(by, Permission.APPROVE_DECISIONS, decision.agency)
    refuse_other_state(decision, DecisionState.SUBMITTED)
    refuse_own_work(decision, list(_stored_items(decision)), by)


def versions_of(items: Sequence[DecisionItem]) -> NewVersions:
    """Compile the versions of submitted `items`; stores nothing.

    Raises `ItemsRefused` with all that is wrong, also when a form cannot be made.
    """
    documents = read_texts(items, text_that_was_sent)
    refuse_new_meaning(items, documents)
    by_code = {item.procedure.code: documents[item.procedure_id] for item in items}
    try:
        return new_versions(items, by_code)
    except CompanionRefused as refusal:
        raise ItemsRefused(*refusal.problems.items()) from refusal


def keep_versions(
    decision: PublicationDecision, items: Sequence[DecisionItem], versions: NewVersions
) -> None:
    """Store the `versions` of some items of a locked decision; it is not approved by that."""
    refuse_other_state(decision, DecisionState.SUBMITTED)
    lock_procedures(decision.items.filter(pk__in=[item.pk for item in items]))
    stored = _stored_items(decision).filter(pk__in=[item.pk for item in items])
    if _pins(stored) != _pins(items):
        raise DecisionRefused(_("The decision has changed meanwhile: look at it once more."))
    versions.number_anew()
    versions.store()


def finish_approval(decision: PublicationDecision, by: Any) -> PublicationDecision:
    """Approve a locked decision whose versions are stored."""
    lock_procedures(decision.items.all())
    refuse_approval(decision, by)
    stored = list(_stored_items(decision).exclude(action=DecisionAction.ABOLISH))
    changed = [i.procedure.code for i in stored if i.revision_id != i.procedure.latest_revision_id]
    if changed := changed or items_without_their_version(decision):
        raise changed_since(*changed)
    set_days_of_correction(decision)
    refuse_overlaps(decision.items.all())
    return move(decision, DecisionState.APPROVED, by, approved_by=by, approved_at=clock.now())


@transaction.atomic
def _approve_again(decision: PublicationDecision, by: Any) -> PublicationDecision:
    decision = locked(decision)
    refuse_other_state(decision, DecisionState.APPROVED)
    lock_procedures(decision.items.all())
    refuse_own_work(decision, list(_stored_items(decision)), by)
    refuse_altered_pins(decision)
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


def _pins(items: Sequence[DecisionItem]) -> list[tuple[Any, ...]]:
    """Return what must not change between reading the texts and keeping them."""
    return [
        (item.pk, item.action, item.revision_id, item.sha256, item.procedure.latest_revision_id)
        for item in items
    ]
