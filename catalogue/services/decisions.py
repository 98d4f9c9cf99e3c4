"""Publication decisions, from draft to in force (D63 art. 15).

Approval compiles and pins each document; entering is one short transaction; coming into force is
by date and needs no job.
"""

from datetime import date
from typing import Any

from django.db import models, transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from wagtail.models import Revision

from catalogue import clock
from catalogue.canonical import sha256_hex
from catalogue.documents import SCHEMA_NUMBER, compile_document
from catalogue.enums import DecisionAction, DecisionState
from catalogue.models import (
    Agency,
    DecisionItem,
    Procedure,
    ProcedureVersion,
    PublicationDecision,
)
from catalogue.permissions import Permission, require
from catalogue.ports import run_version_companions
from catalogue.services.audit import record
from catalogue.services.changes import announce
from catalogue.services.jobs import enqueue


class DecisionRefused(ValueError):
    """A step of a decision is refused; the message names the place and the mend."""


@transaction.atomic
def prepare_decision(
    *, number: str, signed_on: date, agency: Agency, by: Any
) -> PublicationDecision:
    """Start a decision of `agency`; raises `PermissionDenied` without the right there."""
    require(by, Permission.PREPARE_DECISIONS, agency)
    decision = PublicationDecision.objects.create(
        number=number.strip(), signed_on=signed_on, agency=agency, created_by=by
    )
    record(by=by, action="prepare_decision", target=decision, agency=agency)
    return decision


@transaction.atomic
def add_item(
    *,
    decision: PublicationDecision,
    procedure: Procedure,
    action: DecisionAction,
    effective_from: date,
    by: Any,
) -> DecisionItem:
    """Put `procedure` on the decision; raises `DecisionRefused` when it does not fit there."""
    require(by, Permission.PREPARE_DECISIONS, decision.agency)
    _in_state(decision, DecisionState.DRAFT)
    if publishing_agency(procedure) != decision.agency:
        raise DecisionRefused(_("%s belongs to another agency.") % procedure.code)
    published = procedure.versions.entered().exists()
    if action == DecisionAction.ISSUE and published:
        raise DecisionRefused(_("%s is already issued: amend it.") % procedure.code)
    if action != DecisionAction.ISSUE and not published:
        raise DecisionRefused(_("%s is not published yet: issue it.") % procedure.code)
    return decision.items.create(procedure=procedure, action=action, effective_from=effective_from)


@transaction.atomic
def submit_decision(*, decision: PublicationDecision, by: Any) -> PublicationDecision:
    """Send a draft to its approver."""
    require(by, Permission.PREPARE_DECISIONS, decision.agency)
    _in_state(decision, DecisionState.DRAFT)
    if not decision.items.exists():
        raise DecisionRefused(_("The decision has no procedure yet: add one."))
    return _move(decision, DecisionState.SUBMITTED, by, submitted_at=clock.now())


@transaction.atomic
def approve_decision(*, decision: PublicationDecision, by: Any) -> PublicationDecision:
    """Approve: compile every item from its latest revision and pin document, hash and revision.

    The approver is nobody who made the decision or wrote a revision since the last version.
    Raises `DecisionRefused`, or `DocumentInvalid` with the places to mend.
    """
    decision = PublicationDecision.objects.select_for_update().get(pk=decision.pk)
    require(by, Permission.APPROVE_DECISIONS, decision.agency)
    _in_state(decision, DecisionState.SUBMITTED)
    items = list(decision.items.select_related("procedure"))
    _refuse_own_work(decision, items, by)
    for item in items:
        if item.action != DecisionAction.ABOLISH:
            store_version(item=item, agency=decision.agency)
    return _move(decision, DecisionState.APPROVED, by, approved_by=by, approved_at=clock.now())


@transaction.atomic
def enter_decision(*, decision: PublicationDecision, by: Any) -> PublicationDecision:
    """Enter an approved decision in the catalogue: public at once, in force by its dates."""
    decision = PublicationDecision.objects.select_for_update().get(pk=decision.pk)
    require(by, Permission.APPROVE_DECISIONS, decision.agency)
    _in_state(decision, DecisionState.APPROVED)
    return enter(decision=decision, by=by)


@transaction.atomic
def withdraw_decision(*, decision: PublicationDecision, by: Any) -> PublicationDecision:
    """Take back a decision that is not entered yet; its pinned versions go with it."""
    decision = PublicationDecision.objects.select_for_update().get(pk=decision.pk)
    require(by, Permission.PREPARE_DECISIONS, decision.agency)
    if decision.state == DecisionState.IN_FORCE:
        raise DecisionRefused(_("The decision is already entered: amend by another one."))
    ProcedureVersion.objects.filter(
        decision_item__decision=decision, valid_from__isnull=True
    ).delete()
    return _move(decision, DecisionState.WITHDRAWN, by)


def publishing_agency(procedure: Procedure) -> Agency:
    """Return the agency under whose page `procedure` lies."""
    return Agency.objects.get(page__path=procedure.path[: -procedure.steplen])


def store_version(*, item: DecisionItem, agency: Agency) -> ProcedureVersion:
    """Compile the latest revision of the procedure and keep it as a version not yet in force."""
    procedure = item.procedure
    revision = procedure.latest_revision
    if revision is None:
        raise DecisionRefused(_("%s has no saved text.") % procedure.code)
    document = compile_document(revision.as_object(), agency)
    last = procedure.versions.order_by("-number").first()
    version = ProcedureVersion.objects.create(
        procedure=procedure,
        code=procedure.code,
        number=last.number + 1 if last else 1,
        document=document,
        sha256=sha256_hex(document),
        schema_number=SCHEMA_NUMBER,
        decision_item=item,
        revision=revision,
    )
    run_version_companions(version)
    return version


def enter(*, decision: PublicationDecision, by: Any) -> PublicationDecision:
    """Enter all items of the decision, in the caller's transaction."""
    moved = _move(decision, DecisionState.IN_FORCE, by, entered_at=clock.now())
    take_effect(decision.items.all())
    return moved


def take_effect(items: models.QuerySet[DecisionItem]) -> None:
    """Set the days of the items' versions and announce them, in the caller's transaction.

    The version that a procedure had ends on the day on which the new one begins. Raises
    `DecisionRefused` when a version would begin before, or on the day of, the one it follows.
    """
    _refuse_overlaps(items)
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


def _refuse_overlaps(items: models.QuerySet[DecisionItem]) -> None:
    """Refuse an item that would begin before, or on the day of, the version it follows."""
    followed = {
        version.procedure_id: version
        for version in ProcedureVersion.objects.filter(
            procedure__in=items.values("procedure"),
            valid_from__isnull=False,
            valid_to__isnull=True,
        ).only("procedure_id", "valid_from")
    }
    for item in items.select_related("procedure"):
        open_version = followed.get(item.procedure_id)
        if open_version and open_version.valid_from >= item.effective_from:
            raise DecisionRefused(
                _("%(code)s: the version in force since %(day)s must begin earlier than this one.")
                % {"code": item.procedure.code, "day": f"{open_version.valid_from:%d/%m/%Y}"}
            )
        if item.action == DecisionAction.ABOLISH and not open_version:
            raise DecisionRefused(_("%s is not in force any more.") % item.procedure.code)


def _refuse_own_work(decision: PublicationDecision, items: list[DecisionItem], by: Any) -> None:
    if decision.created_by_id == by.pk:
        raise DecisionRefused(_("Another person must approve what you prepared."))
    for item in items:
        last = item.procedure.versions.entered().order_by("-number").first()
        authored = Revision.objects.filter(
            object_id=str(item.procedure_id),
            base_content_type_id=item.procedure.get_base_content_type().pk,
            user=by,
        )
        if last is not None:
            authored = authored.filter(pk__gt=last.revision_id)
        if authored.exists():
            raise DecisionRefused(
                _("%s: another person must approve what you wrote.") % item.procedure.code
            )


def _in_state(decision: PublicationDecision, state: DecisionState) -> None:
    if decision.state != state:
        raise DecisionRefused(
            _("The decision is “%s”, so this step is not possible.") % decision.get_state_display()
        )


def _move(
    decision: PublicationDecision, state: DecisionState, by: Any, **changes: Any
) -> PublicationDecision:
    before = decision.state
    decision.state = state
    for name, value in changes.items():
        setattr(decision, name, value)
    decision.save(update_fields=["state", *changes])
    record(
        by=by,
        action=f"decision_{state.value}",
        target=decision,
        agency=decision.agency,
        before=before,
        after=state.value,
    )
    return decision
