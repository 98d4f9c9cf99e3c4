"""Where a decision stands, as a list of steps, and what is to be done next."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.enums import DecisionKind, DecisionState, DecisionStepKind
from catalogue.models import AuditEntry, PublicationDecision
from catalogue.permissions import Permission, has_permission
from catalogue.selectors.decisions import step_to_tell
from catalogue.services.decisions import approval_has_lapsed

# How many steps are behind a decision.
DONE = {
    DecisionState.DRAFT: 0,
    DecisionState.SUBMITTED: 2,
    DecisionState.APPROVED: 3,
    DecisionState.IN_FORCE: 4,
}
ACTS = {
    "prepare_decision": gettext_lazy("Started the decision"),
    "prepare_correction": gettext_lazy("Started the correction"),
    "import_decision": gettext_lazy("Brought in by an import"),
    "change_decision": gettext_lazy("Changed number, day or kind of act"),
    "add_decision_item": gettext_lazy("Added procedures"),
    "change_decision_item": gettext_lazy("Changed a day of effect"),
    "remove_decision_item": gettext_lazy("Removed a procedure"),
    "keep_signed_file": gettext_lazy("Attached the signed file"),
    "decision_draft": gettext_lazy("Returned to be mended"),
    "decision_submitted": gettext_lazy("Sent for approval"),
    "decision_approved": gettext_lazy("Approved"),
    "decision_in_force": gettext_lazy("Entered in the catalogue"),
    "decision_withdrawn": gettext_lazy("Withdrawn"),
}


@dataclass(frozen=True)
class Step:
    """One step of a decision: done, now, or to come."""

    name: str
    is_done: bool
    is_now: bool
    who: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Rights:
    """What the reader may do to the decision as it stands."""

    may_edit: bool
    may_attach: bool
    may_submit_again: bool
    may_return: bool
    may_withdraw: bool
    may_approve: bool
    may_enter: bool
    may_stop: bool = False
    # Whether the worker is at a step, so that all others wait.
    must_wait: bool = False


def steps(decision: PublicationDecision) -> list[Step]:
    """Return the steps that a decision goes through, with who did them and when."""
    names = (_("Prepare"), _("Send for approval"), _("Approve"), _("Enter in the catalogue"))
    people = (decision.created_by, None, decision.approved_by, None)
    moments = (
        decision.created_at,
        decision.submitted_at,
        decision.approved_at,
        decision.entered_at,
    )
    done = DONE.get(DecisionState(decision.state))
    return [
        Step(
            name,
            is_done=bool(moment) if done is None else place < done,
            is_now=place == done,
            who=str(who) if who and moment else "",
            at=moment,
        )
        for place, (name, who, moment) in enumerate(zip(names, people, moments, strict=True))
    ]


NOTHING = Rights(*[False] * 7)


def rights(decision: PublicationDecision, user: Any) -> Rights:
    """Return the steps that are open to `user`; while the worker takes one, only to stop it."""
    agency, state = decision.agency, decision.state
    prepares = has_permission(user, Permission.PREPARE_DECISIONS, agency)
    approves = has_permission(user, Permission.APPROVE_DECISIONS, agency)
    step = step_to_tell(decision)
    if step and step.is_going_on:
        may_stop = prepares if step.kind == DecisionStepKind.SUBMIT else approves
        return replace(NOTHING, may_stop=may_stop, must_wait=True)
    draft, submitted = state == DecisionState.DRAFT, state == DecisionState.SUBMITTED
    approved = state == DecisionState.APPROVED
    lapsed = bool(approved and approval_has_lapsed(decision))
    standing = draft or submitted or approved
    return Rights(
        may_edit=prepares and draft,
        may_attach=prepares and standing and not (approved and decision.signed_file),
        may_submit_again=prepares and submitted,
        may_return=(prepares or approves) and submitted,
        may_withdraw=prepares and standing,
        may_approve=approves and (submitted or lapsed),
        may_enter=approves and approved and not lapsed,
    )


def next_step(decision: PublicationDecision, open_to: Rights, items: int) -> str:
    """Return in a sentence what is to be done next, and by whom."""
    if open_to.must_wait:
        return _("Wait until this is done. You may leave the page: the work goes on.")
    if decision.state == DecisionState.DRAFT:
        return _next_of_draft(open_to, items)
    if decision.state == DecisionState.WITHDRAWN:
        return _("Withdrawn: nothing of it was published. Start another decision if one is needed.")
    if decision.state == DecisionState.IN_FORCE:
        return _(
            "Entered and public. What is wrong now is amended or corrected by another decision."
        )
    if decision.state == DecisionState.SUBMITTED:
        if open_to.may_approve:
            return _("Check texts and days, then approve it, or return it with what to mend.")
        return _("Another person must approve it. If a text changes, send it again.")
    if open_to.may_approve:
        return _("%s Then enter it in the catalogue.") % approval_has_lapsed(decision)
    if open_to.may_enter:
        return _("Enter it in the catalogue: it is public at once, in force by its days.")
    return _("The approver enters it in the catalogue.")


def _next_of_draft(open_to: Rights, items: int) -> str:
    if not open_to.may_edit:
        return _("The editors are preparing it.")
    if not items:
        return _("Add the procedures that it publishes.")
    return _("Check the list, then send it for approval.")


def told(entry: AuditEntry) -> str:
    """Return in words what an entry of the trail says was done."""
    return str(ACTS.get(entry.action, entry.action))


def is_correction(decision: PublicationDecision) -> bool:
    """Whether the decision corrects words alone."""
    return decision.kind == DecisionKind.CORRECTION
