"""Entering an approved decision in the catalogue: one short transaction (D63 art. 24)."""

from typing import Any

from django.db import models, transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from catalogue import clock
from catalogue.documents import lift
from catalogue.enums import DecisionKind, DecisionState
from catalogue.models import DecisionItem, ProcedureVersion, PublicationDecision
from catalogue.permissions import Permission, require
from catalogue.services.changes import announce
from catalogue.services.decisions.correct import (
    corrected_versions,
    refuse_new_meaning,
    set_days_of_correction,
)
from catalogue.services.decisions.four_eyes import approval_has_lapsed
from catalogue.services.decisions.overlaps import lock_procedures, refuse_overlaps
from catalogue.services.decisions.states import (
    DecisionRefused,
    locked,
    move,
    refuse_other_state,
)
from catalogue.services.decisions.unaltered import refuse_altered_documents, refuse_altered_pins
from catalogue.services.jobs import enqueue


def enter_decision(*, decision: PublicationDecision, by: Any) -> PublicationDecision:
    """Enter an approved decision in the catalogue: public at once, in force by its dates.

    What was approved is checked once more: the right of the approver, the day of signing, every
    document. Documents are read before the transaction, which is short whatever their number;
    no service changes the document of a version. Raises `DecisionRefused`.
    """
    decision = PublicationDecision.objects.select_related("agency", "approved_by").get(
        pk=decision.pk
    )
    _refuse_entry(decision, by)
    corrected = corrected_versions(decision)
    refuse_altered_documents(decision)
    _refuse_new_meaning(decision)
    with transaction.atomic():
        decision = locked(decision)
        lock_procedures(decision.items.all())
        _refuse_entry(decision, by)
        refuse_altered_pins(decision)
        if corrected_versions(decision) != corrected:
            raise DecisionRefused(_("The decision has changed meanwhile: look at it once more."))
        set_days_of_correction(decision)
        moved = move(decision, DecisionState.IN_FORCE, by, entered_at=clock.now())
        take_effect(decision.items.all())
        return moved


def take_effect(items: models.QuerySet[DecisionItem]) -> None:
    """Set the days of the items' versions and announce them, in the caller's transaction.

    The version that a procedure had ends on the day on which the new one begins. Raises
    `DecisionRefused` when a version would hold on a day on which another one does.
    """
    refuse_overlaps(items)
    own = items.filter(procedure=OuterRef("procedure")).values("effective_from")[:1]
    ProcedureVersion.objects.filter(
        procedure__in=items.values("procedure"),
        valid_from__isnull=False,
        valid_to__isnull=True,
    ).update(valid_to=Subquery(own))
    ProcedureVersion.objects.filter(decision_item__in=items.values("pk")).update(
        valid_from=Subquery(own)
    )
    codes = list(items.values_list("procedure__code", flat=True))
    enqueue(kind="catalogue.sync_live_pages", payload={"codes": codes})
    announce(kind="procedure_version", keys=codes)


def _refuse_entry(decision: PublicationDecision, by: Any) -> None:
    """Refuse what can be told without reading a document."""
    require(by, Permission.APPROVE_DECISIONS, decision.agency)
    refuse_other_state(decision, DecisionState.APPROVED)
    if lapsed := approval_has_lapsed(decision):
        raise DecisionRefused(lapsed)
    _refuse_unsigned(decision)


def _refuse_unsigned(decision: PublicationDecision) -> None:
    """Refuse a publication that is not signed yet: entry follows the signing (D63 art. 24(2))."""
    signed = decision.signed_on is not None and decision.signed_on <= clock.today()
    if decision.kind == DecisionKind.PUBLICATION and not signed:
        day = f"{decision.signed_on:%d/%m/%Y}" if decision.signed_on else "–"
        raise DecisionRefused(
            _("The decision is signed on %s: it can be entered from that day (D63 art. 24).") % day
        )


def _refuse_new_meaning(decision: PublicationDecision) -> None:
    """Compare corrections with what they correct by now."""
    if decision.kind != DecisionKind.CORRECTION:
        return
    versions = ProcedureVersion.objects.filter(decision_item__decision=decision)
    stored = versions.values_list("procedure", "document")
    documents = {procedure: lift(document) for procedure, document in stored}
    refuse_new_meaning(
        list(
            decision.items.select_related("procedure").only("decision", "action", "procedure__code")
        ),
        documents,
    )
