"""What every step of a decision shares: its lock, its state, and the refusal of a step."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from catalogue.enums import DecisionAction, DecisionState
from catalogue.models import PublicationDecision
from catalogue.services.audit import record


class DecisionRefused(ValueError):
    """A step of a decision is refused; each of the `problems` names its place and its mend."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems: Sequence[str] = problems


def locked(decision: PublicationDecision) -> PublicationDecision:
    """Return the decision as it is stored now, its row locked until the transaction ends."""
    return (
        PublicationDecision.objects.select_for_update(of=("self",))
        .select_related("agency", "approved_by")
        .get(pk=decision.pk)
    )


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
