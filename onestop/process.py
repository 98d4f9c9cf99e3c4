"""The life of a dossier as data, and the pure fold that turns its events into its state."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from onestop.enums import DossierState, EventKind, Milestone

MILESTONES = tuple(Milestone)


@dataclass(frozen=True)
class StateDescription:
    """What a state means to the citizen.

    `reached` is the last milestone behind the dossier.
    """

    title: str | Promise
    explanation: str | Promise
    reached: Milestone

    @property
    def completion(self) -> int:
        """Degree of completion in percent: milestones reached out of all (C01 art. 16(2)d)."""
        return 100 * (MILESTONES.index(self.reached) + 1) // len(MILESTONES)


STATES: Mapping[str, StateDescription] = {
    DossierState.SUBMITTED: StateDescription(
        title=_("Sent, waiting for reception"),
        explanation=_(
            "The one-stop unit checks whether the dossier is complete. When it accepts it, you get"
            " a dossier code and the day of the result."
        ),
        reached=Milestone.SUBMITTED,
    ),
    DossierState.RECEIVED: StateDescription(
        title=_("Received, being handled"),
        explanation=_(
            "The dossier is complete and the competent agency is handling it. You need not do"
            " anything now."
        ),
        reached=Milestone.RECEIVED,
    ),
}

# (state before, event) → state after; whatever is not here cannot happen.
TRANSITIONS: Mapping[tuple[str, str], str] = {
    ("", EventKind.SUBMITTED): DossierState.SUBMITTED,
    (DossierState.SUBMITTED, EventKind.RECEIVED): DossierState.RECEIVED,
}


class NotPossible(Exception):
    """An event that the state of the dossier does not allow."""

    def __init__(self, state: str, kind: str) -> None:
        super().__init__(f"A dossier that is {state or 'new'} cannot be {kind}.")
        self.state = state
        self.kind = kind


@dataclass(frozen=True)
class Happening:
    """What the fold needs of one event; `payload` is None once its content was erased."""

    kind: str
    at: datetime
    payload: Mapping[str, Any] | None


@dataclass(frozen=True)
class Standing:
    """What the events of a dossier add up to; columns of the same names in `Dossier` cache it."""

    state: str = ""
    code: str | None = None
    submitted_at: datetime | None = None
    received_at: datetime | None = None
    due_at: datetime | None = None
    due_stated: bool = False
    calendar_id: int | None = None


def next_state(state: str, kind: str) -> str:
    """Return the state to which an event leads; raises `NotPossible`."""
    try:
        return TRANSITIONS[state, kind]
    except KeyError:
        raise NotPossible(state, kind) from None


def advance(standing: Standing, happening: Happening) -> Standing:
    """Return the standing after one more event; raises `NotPossible`."""
    state = next_state(standing.state, happening.kind)
    facts = happening.payload or {}
    if happening.kind == EventKind.SUBMITTED:
        return replace(standing, state=state, submitted_at=happening.at)
    due = facts.get("due_at")
    return replace(
        standing,
        state=state,
        code=facts.get("code"),
        received_at=happening.at,
        due_at=datetime.fromisoformat(due) if due else None,
        due_stated=facts.get("due_stated", False),
        calendar_id=facts.get("calendar"),
    )


def fold(happenings: Iterable[Happening]) -> Standing:
    """Return what a whole history adds up to; raises `NotPossible`."""
    standing = Standing()
    for happening in happenings:
        standing = advance(standing, happening)
    return standing
