"""What every step of a decision shares: its lock, its state, and the refusal of a step."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from catalogue.enums import DecisionAction, DecisionState
from catalogue.models import DecisionStep, PublicationDecision
from catalogue.services.audit import record


class DecisionRefused(ValueError):
    """A step of a decision is refused; each of the `problems` names its place and its mend."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems: Sequence[str] = problems


class ItemsRefused(DecisionRefused):
    """A step is refused for its items; `at_items` has the code of each beside its problem."""

    def __init__(self, *at_items: tuple[str, str]) -> None:
        super().__init__(*(problem for _code, problem in at_items))
        self.at_items = at_items


def locked(
    decision: PublicationDecision, *, within: DecisionStep | None = None
) -> PublicationDecision:
    """Return the decision as it is stored now, its row locked until the transaction ends.

    Raises `DecisionRefused` while the worker takes another step of it than `within`.
    """
    stored = locked_row(decision)
    going_on = step_going_on(stored)
    if going_on and going_on != within:
        raise DecisionRefused(
            _("“%s” is still going on: wait until it is done, or stop it.")
            % going_on.get_kind_display()
        )
    return stored


def locked_row(decision: PublicationDecision) -> PublicationDecision:
    """Return the decision as it is stored now, locked, whatever the worker does with it."""
    return (
        PublicationDecision.objects.select_for_update(of=("self",))
        .select_related("agency", "approved_by")
        .get(pk=decision.pk)
    )


def step_going_on(decision: PublicationDecision) -> DecisionStep | None:
    """Return the step of `decision` that the worker takes or will take, or None."""
    steps = decision.long_steps.filter(finished_at__isnull=True).select_related("job")
    return next((step for step in steps if step.is_going_on), None)


def refuse_other_state(decision: PublicationDecision, *states: DecisionState) -> None:
    """Raise `DecisionRefused` unless the decision is in one of `states`."""
    if decision.state not in states:
        raise DecisionRefused(
            _("The decision is “%s”, so this step is not possible.") % decision.get_state_display()
        )


def move(
    decision: PublicationDecision, state: DecisionState, by: Any, *, note: str = "", **changes: Any
) -> PublicationDecision:
    """Put the locked decision into `state` with `changes` of its fields, and record it.

    The trail keeps the hash of what the decision says at that step.
    """
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
        after=content_of(decision),
        note=note,
    )
    return decision


def content_of(decision: PublicationDecision) -> list[Any]:
    """Return as JSON all that is approved of a decision: its head, and per item code, act and pin.

    The day of a correction is set when it is entered, so it is left out.
    """
    items = decision.items.order_by("pk").values_list(
        "procedure__code", "action", "effective_from", "revision", "sha256"
    )
    signed_on = decision.signed_on.isoformat() if decision.signed_on else None
    return [
        [decision.number, decision.kind, decision.agency.code, signed_on, decision.fast_track],
        [
            [code, action, None if action == DecisionAction.CORRECT else day.isoformat(), *pin]
            for code, action, day, *pin in items
        ],
    ]
