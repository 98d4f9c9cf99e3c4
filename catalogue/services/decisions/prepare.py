"""Starting a decision, changing what it says of itself, and taking it back."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from catalogue.enums import DecisionKind, DecisionState
from catalogue.models import Agency, PublicationDecision
from catalogue.permissions import Permission, has_permission, require
from catalogue.services.audit import record
from catalogue.services.decisions.days import refuse_impossible_day
from catalogue.services.decisions.states import (
    DecisionRefused,
    locked,
    move,
    refuse_other_state,
)
from catalogue.services.decisions.unentered import discard_versions
from catalogue.text import normalise


@transaction.atomic
def prepare_decision(
    *, number: str, signed_on: date, agency: Agency, by: Any, fast_track: bool = False
) -> PublicationDecision:
    """Start a decision of `agency`; `fast_track` when its act was made by the shortened procedure.

    Raises `PermissionDenied` without the right there, `DecisionRefused` for a number in use
    or an impossible day.
    """
    require(by, Permission.PREPARE_DECISIONS, agency)
    refuse_impossible_day(signed_on)
    number = normalise(number)
    refuse_number_in_use(agency, number)
    decision = PublicationDecision.objects.create(
        number=number, signed_on=signed_on, agency=agency, created_by=by, fast_track=fast_track
    )
    record(by=by, action="prepare_decision", target=decision, agency=agency)
    return decision


@transaction.atomic
def change_decision(
    *, decision: PublicationDecision, number: str, signed_on: date, fast_track: bool, by: Any
) -> PublicationDecision:
    """Change number, day of signing and kind of act of a draft; raises `DecisionRefused`."""
    decision = locked(decision)
    require(by, Permission.PREPARE_DECISIONS, decision.agency)
    refuse_other_state(decision, DecisionState.DRAFT)
    if decision.kind != DecisionKind.PUBLICATION:
        raise DecisionRefused(_("A correction of form has no day of signing."))
    refuse_impossible_day(signed_on)
    number = normalise(number)
    if number != decision.number:
        refuse_number_in_use(decision.agency, number)
    before = _told(decision)
    decision.number, decision.signed_on, decision.fast_track = number, signed_on, fast_track
    decision.save(update_fields=["number", "signed_on", "fast_track"])
    record(
        by=by,
        action="change_decision",
        target=decision,
        agency=decision.agency,
        before=before,
        after=_told(decision),
    )
    return decision


@transaction.atomic
def return_decision(*, decision: PublicationDecision, reason: str, by: Any) -> PublicationDecision:
    """Give a submitted decision back to its editors as a draft; `reason` says what to mend."""
    decision = locked(decision)
    if not has_permission(by, Permission.APPROVE_DECISIONS, decision.agency):
        require(by, Permission.PREPARE_DECISIONS, decision.agency)
    refuse_other_state(decision, DecisionState.SUBMITTED)
    discard_versions(decision)
    decision.items.update(revision=None, sha256="")
    return move(decision, DecisionState.DRAFT, by, note=normalise(reason)[:300], submitted_at=None)


@transaction.atomic
def withdraw_decision(*, decision: PublicationDecision, by: Any) -> PublicationDecision:
    """Take back a decision that is not entered yet; its pinned versions go with it."""
    decision = locked(decision)
    require(by, Permission.PREPARE_DECISIONS, decision.agency)
    if decision.state == DecisionState.IN_FORCE:
        raise DecisionRefused(_("The decision is already entered: amend by another one."))
    if decision.state == DecisionState.WITHDRAWN:
        raise DecisionRefused(_("The decision is already withdrawn."))
    discard_versions(decision)
    return move(decision, DecisionState.WITHDRAWN, by)


def refuse_number_in_use(agency: Agency, number: str) -> None:
    """Raise `DecisionRefused` when a standing decision of `agency` has this number."""
    if PublicationDecision.objects.standing().filter(agency=agency, number=number).exists():
        raise DecisionRefused(_("Decision %s is already in the list.") % number)


def _told(decision: PublicationDecision) -> list[Any]:
    signed_on = decision.signed_on.isoformat() if decision.signed_on else None
    return [decision.number, signed_on, decision.fast_track]
