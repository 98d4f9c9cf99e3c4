"""Sending and approving decisions with many items: the worker's, batch by batch.

A batch is read and compiled before its transaction, which is short. What is done stays done: a
worker that takes over goes on behind the last batch.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from catalogue import clock
from catalogue.enums import DecisionState, DecisionStepKind
from catalogue.jobs import job_handler
from catalogue.models import DecisionItem, DecisionStep, PublicationDecision
from catalogue.permissions import Permission, require
from catalogue.services.decisions.approve import (
    approve_decision,
    finish_approval,
    is_approved_again,
    keep_versions,
    refuse_approval,
    versions_of,
)
from catalogue.services.decisions.states import (
    DecisionRefused,
    ItemsRefused,
    locked,
    locked_row,
    step_going_on,
)
from catalogue.services.decisions.submit import (
    finish_submission,
    read_pins,
    refuse_submission,
    submit_decision,
)
from catalogue.services.decisions.texts import items_with_texts, text_items
from catalogue.services.decisions.unentered import discard_versions
from catalogue.services.jobs import enqueue, renew_lease
from catalogue.write_lock import give_way

# Items of one batch, and of the largest decision that is sent or approved while a person waits:
# an item takes 7 to 14 ms (docs/performance.md).
BATCH = 40
JOB_KIND = "catalogue.decision_step"
MAX_ATTEMPTS = 5

_AT_ONCE: dict[DecisionStepKind, Callable[..., PublicationDecision]] = {
    DecisionStepKind.SUBMIT: submit_decision,
    DecisionStepKind.APPROVE: approve_decision,
}
_RIGHTS = {
    DecisionStepKind.SUBMIT: Permission.PREPARE_DECISIONS,
    DecisionStepKind.APPROVE: Permission.APPROVE_DECISIONS,
}
_REFUSALS: dict[DecisionStepKind, Callable[[PublicationDecision, Any], None]] = {
    DecisionStepKind.SUBMIT: refuse_submission,
    DecisionStepKind.APPROVE: refuse_approval,
}


class _StepEnded(Exception):
    """Somebody stopped the step, or another worker has gone on with it."""


def take_step(
    *, decision: PublicationDecision, kind: DecisionStepKind, by: Any
) -> DecisionStep | None:
    """Send or approve `decision`: at once when it has few items, else by the worker.

    Returns the step that the worker takes, the same one however often it is asked for. Raises
    `DecisionRefused`, and `PermissionDenied` without the right at the agency.
    """
    if text_items(decision).count() <= BATCH or is_approved_again(decision):
        _AT_ONCE[kind](decision=decision, by=by)
        return None
    return _begin(decision, kind, by)


@transaction.atomic
def stop_step(*, decision: PublicationDecision, by: Any) -> DecisionStep | None:
    """Stop what the worker does with `decision`, which stays as it was; return what was stopped.

    Who has the right to such steps may stop this one, for stopping approves nothing. Without a
    step going on nothing happens.
    """
    decision = locked_row(decision)
    step = step_going_on(decision)
    if step is not None:
        require(by, _RIGHTS[DecisionStepKind(step.kind)], decision.agency)
        discard_versions(decision)
        _end(step)
    return step


@job_handler(JOB_KIND, max_attempts=MAX_ATTEMPTS, atomic=False)
def go_on_with_step(payload: dict[str, Any]) -> None:
    """Take the step `payload["step"]` to its end, its problems in `payload["language"]`.

    A step that has ended is left alone.
    """
    step = (
        DecisionStep.objects.filter(pk=payload["step"], finished_at__isnull=True)
        .select_related("decision__agency", "by")
        .first()
    )
    if step is None:
        return
    with translation.override(payload["language"]):
        try:
            with _problems_kept(step):
                _go_through(step)
                _finish(step)
        except _StepEnded:
            return


@transaction.atomic
def _begin(decision: PublicationDecision, kind: DecisionStepKind, by: Any) -> DecisionStep:
    going_on = step_going_on(locked_row(decision))
    same = going_on if going_on and going_on.kind == kind else None
    decision = locked(decision, within=same)
    _REFUSALS[kind](decision, by)
    if same:
        return same
    discard_versions(decision)
    given_up = decision.long_steps.filter(finished_at__isnull=True)
    given_up.update(finished_at=clock.now())
    step = DecisionStep.objects.create(
        decision=decision, kind=kind, by=by, total=text_items(decision).count()
    )
    payload = {"step": step.pk, "language": translation.get_language()}
    step.job = enqueue(kind=JOB_KIND, payload=payload)
    step.save(update_fields=["job"])
    return step


def _go_through(step: DecisionStep) -> None:
    """Do batch after batch; what is wrong with items is gathered, so that all of it is told."""
    for items in _batches(step):
        began = monotonic()
        try:
            _DO[DecisionStepKind(step.kind)](step, items)
        except ItemsRefused as refusal:
            _advance(step, len(items), problems=[*step.problems, *map(list, refusal.at_items)])
        give_way(monotonic() - began)
        renew_lease()
    if step.problems:
        raise ItemsRefused(*((code, problem) for code, problem in step.problems))


def _batches(step: DecisionStep) -> Iterator[list[DecisionItem]]:
    """Yield the items that are left; a decision keeps its items while a step goes on."""
    while items := list(items_with_texts(step.decision)[step.done : step.done + BATCH]):
        yield items


def _send(step: DecisionStep, items: list[DecisionItem]) -> None:
    pins = {str(key): list(pin) for key, pin in read_pins(items).items()}
    _advance(step, len(items), pins=step.pins | pins)


def _approve(step: DecisionStep, items: list[DecisionItem]) -> None:
    versions = versions_of(items)
    with transaction.atomic():
        decision = locked(step.decision, within=step)
        _advance(step, len(items))
        keep_versions(decision, items, versions)


_DO = {DecisionStepKind.SUBMIT: _send, DecisionStepKind.APPROVE: _approve}


@transaction.atomic
def _finish(step: DecisionStep) -> None:
    decision = locked(step.decision, within=step)
    _end(step)
    if step.kind == DecisionStepKind.APPROVE:
        finish_approval(decision, step.by)
        return
    pins = {int(key): (revision, sha256) for key, (revision, sha256) in step.pins.items()}
    finish_submission(decision, pins, step.by)


@contextmanager
def _problems_kept(step: DecisionStep) -> Iterator[None]:
    """End the step when it is refused, and keep why."""
    try:
        yield
    except ItemsRefused as refusal:
        _refuse(step, list(map(list, refusal.at_items)))
    except DecisionRefused as refusal:
        _refuse(step, [["", problem] for problem in refusal.problems])
    except PermissionDenied:
        _refuse(step, [["", _("%s no longer holds the right to do this.") % step.by]])


@transaction.atomic
def _refuse(step: DecisionStep, problems: list[list[str]]) -> None:
    decision = locked_row(step.decision)
    _end(step, problems=problems, pins={})
    if decision.state == DecisionState.SUBMITTED:
        discard_versions(decision)


def _advance(step: DecisionStep, items: int, **values: Any) -> None:
    """Count the batch as done, unless the step has ended or another worker counted it."""
    values["done"] = step.done + items
    if not _open(step).filter(done=step.done).update(**values):
        raise _StepEnded
    for name, value in values.items():
        setattr(step, name, value)


def _end(step: DecisionStep, **values: Any) -> None:
    if not _open(step).update(finished_at=clock.now(), **values):
        raise _StepEnded


def _open(step: DecisionStep) -> QuerySet[DecisionStep]:
    return DecisionStep.objects.filter(pk=step.pk, finished_at__isnull=True)
