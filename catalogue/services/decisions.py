"""Publication decisions, from draft to in force (D63 art. 15).

Submitting pins each text, and what is approved is what was submitted; entering is one short
transaction; coming into force is by date and needs no job.
"""

from datetime import date
from typing import Any

from django.db import models, transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from wagtail.models import Revision

from catalogue import clock
from catalogue.canonical import sha256_hex
from catalogue.documents import SCHEMA_NUMBER, compile_document, read_document, validate_document
from catalogue.documents.listing import listing_values
from catalogue.enums import DecisionAction, DecisionState
from catalogue.models import (
    Agency,
    AuditEntry,
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
from catalogue.text import normalise

# What is recorded of those who prepare a decision; none of them approves it (T7).
PREPARING = ("add_decision_item", f"decision_{DecisionState.SUBMITTED.value}")


class DecisionRefused(ValueError):
    """A step of a decision is refused; the message names the place and the mend."""


@transaction.atomic
def prepare_decision(
    *, number: str, signed_on: date, agency: Agency, by: Any
) -> PublicationDecision:
    """Start a decision of `agency`.

    Raises `PermissionDenied` without the right there, `DecisionRefused` for a number in use.
    """
    require(by, Permission.PREPARE_DECISIONS, agency)
    number = normalise(number)
    if PublicationDecision.objects.standing().filter(agency=agency, number=number).exists():
        raise DecisionRefused(_("Decision %s is already in the list.") % number)
    decision = PublicationDecision.objects.create(
        number=number, signed_on=signed_on, agency=agency, created_by=by
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
    decision = _locked(decision)
    require(by, Permission.PREPARE_DECISIONS, decision.agency)
    _in_state(decision, DecisionState.DRAFT)
    if decision.items.filter(procedure=procedure).exists():
        raise DecisionRefused(_("%s is already on this decision.") % procedure.code)
    if publishing_agency(procedure) != decision.agency:
        raise DecisionRefused(_("%s belongs to another agency.") % procedure.code)
    published = procedure.versions.entered().exists()
    if action == DecisionAction.ISSUE and published:
        raise DecisionRefused(_("%s is already issued: amend it.") % procedure.code)
    if action != DecisionAction.ISSUE and not published:
        raise DecisionRefused(_("%s is not published yet: issue it.") % procedure.code)
    item = decision.items.create(procedure=procedure, action=action, effective_from=effective_from)
    record(
        by=by,
        action="add_decision_item",
        target=decision,
        agency=decision.agency,
        after=[procedure.code, action.value, effective_from.isoformat()],
    )
    return item


@transaction.atomic
def submit_decision(*, decision: PublicationDecision, by: Any) -> PublicationDecision:
    """Send a decision to its approver, its texts pinned as they stand now.

    A submitted one is sent again when a text has changed. Raises `DecisionRefused`, or
    `DocumentInvalid` with the places to mend.
    """
    decision = _locked(decision)
    require(by, Permission.PREPARE_DECISIONS, decision.agency)
    _in_state(decision, DecisionState.DRAFT, DecisionState.SUBMITTED)
    items = list(decision.items.select_related("procedure__latest_revision", "procedure__field"))
    if not items:
        raise DecisionRefused(_("The decision has no procedure yet: add one."))
    for item in items:
        if item.action != DecisionAction.ABOLISH:
            pin_text(item=item, agency=decision.agency)
    return _move(decision, DecisionState.SUBMITTED, by, submitted_at=clock.now())


@transaction.atomic
def approve_decision(*, decision: PublicationDecision, by: Any) -> PublicationDecision:
    """Approve what was submitted: keep each pinned text as a version not yet in force.

    The approver is nobody who made the decision or wrote a revision since the last version.
    Raises `DecisionRefused`, also when a text has changed since it was submitted.
    """
    decision = _locked(decision)
    require(by, Permission.APPROVE_DECISIONS, decision.agency)
    _in_state(decision, DecisionState.SUBMITTED)
    items = list(decision.items.select_related("procedure", "revision"))
    _refuse_own_work(decision, items, by)
    _refuse_overlaps(decision.items.all())
    for item in items:
        if item.action != DecisionAction.ABOLISH:
            store_version(item=item, document=_submitted_document(item, decision.agency))
    return _move(decision, DecisionState.APPROVED, by, approved_by=by, approved_at=clock.now())


@transaction.atomic
def enter_decision(*, decision: PublicationDecision, by: Any) -> PublicationDecision:
    """Enter an approved decision in the catalogue: public at once, in force by its dates."""
    decision = _locked(decision)
    require(by, Permission.APPROVE_DECISIONS, decision.agency)
    _in_state(decision, DecisionState.APPROVED)
    _refuse_altered_documents(decision)
    return enter(decision=decision, by=by)


@transaction.atomic
def withdraw_decision(*, decision: PublicationDecision, by: Any) -> PublicationDecision:
    """Take back a decision that is not entered yet; its pinned versions go with it."""
    decision = _locked(decision)
    require(by, Permission.PREPARE_DECISIONS, decision.agency)
    if decision.state == DecisionState.IN_FORCE:
        raise DecisionRefused(_("The decision is already entered: amend by another one."))
    if decision.state == DecisionState.WITHDRAWN:
        raise DecisionRefused(_("The decision is already withdrawn."))
    ProcedureVersion.objects.filter(
        decision_item__decision=decision, valid_from__isnull=True
    ).delete()
    return _move(decision, DecisionState.WITHDRAWN, by)


def publishing_agency(procedure: Procedure) -> Agency:
    """Return the agency under whose page `procedure` lies."""
    return Agency.objects.get(page__path=procedure.path[: -procedure.steplen])


def pin_text(*, item: DecisionItem, agency: Agency, valid_sha256: str = "") -> dict[str, Any]:
    """Pin the latest revision of the item's procedure and the hash of its document; return it.

    A document with the hash `valid_sha256` was found valid already. Raises `DecisionRefused`, or
    `DocumentInvalid` with the places to mend.
    """
    procedure = item.procedure
    revision = procedure.latest_revision
    if revision is None:
        raise DecisionRefused(_("%s has no saved text.") % procedure.code)
    document = read_document(revision.as_object(), agency)
    if document["code"] != procedure.code:
        raise DecisionRefused(_("%s: a code never changes.") % procedure.code)
    item.revision, item.sha256 = revision, sha256_hex(document)
    if item.sha256 != valid_sha256:
        validate_document(document)
    item.save()
    return document


def _submitted_document(item: DecisionItem, agency: Agency) -> dict[str, Any]:
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


def store_version(*, item: DecisionItem, document: dict[str, Any]) -> ProcedureVersion:
    """Keep the `document` pinned to `item` as a version of its procedure that is not in force."""
    procedure = item.procedure
    last = procedure.versions.order_by("-number").first()
    version = ProcedureVersion.objects.create(
        procedure=procedure,
        code=procedure.code,
        number=last.number + 1 if last else 1,
        document=document,
        sha256=item.sha256,
        schema_number=SCHEMA_NUMBER,
        decision_item=item,
        revision=item.revision,
        agency=item.decision.agency,
        field=procedure.field,
        **listing_values(document),
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
    `DecisionRefused` when a version would hold on a day on which another one does.
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
    """Refuse an item that begins before the last entered version does, or before its set end."""
    entered = ProcedureVersion.objects.entered().filter(procedure__in=items.values("procedure"))
    followed = {
        version.procedure_id: version
        for version in entered.order_by("valid_from").only("procedure", "valid_from", "valid_to")
    }
    for item in items.select_related("procedure"):
        last = followed.get(item.procedure_id)
        begun = last.valid_from if last else None
        if begun and begun >= item.effective_from:
            raise DecisionRefused(
                _("%(code)s: the version in force since %(day)s must begin earlier than this one.")
                % {"code": item.procedure.code, "day": f"{begun:%d/%m/%Y}"}
            )
        ended = last is None or last.valid_to is not None
        if item.action == DecisionAction.ABOLISH and ended:
            raise DecisionRefused(_("%s is not in force any more.") % item.procedure.code)
        if last and last.valid_to and last.valid_to > item.effective_from:
            raise DecisionRefused(
                _("%(code)s holds until %(day)s: a new version can begin on that day.")
                % {"code": item.procedure.code, "day": f"{last.valid_to:%d/%m/%Y}"}
            )


def _refuse_altered_documents(decision: PublicationDecision) -> None:
    """Refuse when a document is not, byte for byte, what was submitted and approved."""
    approved = ProcedureVersion.objects.filter(decision_item__decision=decision)
    for version in approved.select_related("decision_item"):
        if sha256_hex(version.document) != version.decision_item.sha256:
            raise DecisionRefused(_("%s was altered after its approval.") % version.code)


def _refuse_own_work(decision: PublicationDecision, items: list[DecisionItem], by: Any) -> None:
    if _prepared_by(decision, by):
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


def _prepared_by(decision: PublicationDecision, by: Any) -> bool:
    """Whether `by` made the decision, put a procedure on it or submitted it: the trail knows."""
    acts = AuditEntry.objects.filter(
        object_type=decision._meta.label_lower, object_id=str(decision.pk), user_id=by.pk
    )
    return decision.created_by_id == by.pk or acts.filter(action__in=PREPARING).exists()


def _locked(decision: PublicationDecision) -> PublicationDecision:
    """Return the decision as it is stored now, its row locked until the transaction ends."""
    return PublicationDecision.objects.select_for_update(of=("self",)).get(pk=decision.pk)


def _in_state(decision: PublicationDecision, *states: DecisionState) -> None:
    if decision.state not in states:
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
