from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.clock import LOCAL_TZ
from onestop.enums import DossierState, EventKind
from onestop.process import (
    MILESTONES,
    STATES,
    TRANSITIONS,
    Happening,
    NotPossible,
    Standing,
    advance,
    fold,
)

START = datetime(2026, 11, 24, 8, 0, tzinfo=LOCAL_TZ)
RECEPTION = {
    "code": "H18-261124-0001",
    "due_at": "2026-11-27T17:00:00+07:00",
    "due_stated": False,
    "limit": "t1",
    "calendar": 1,
}


def happening(kind: str, minutes: int = 0, payload: dict[str, Any] | None = None) -> Happening:
    return Happening(kind=kind, at=START + timedelta(minutes=minutes), payload=payload)


def test_history_of_a_received_dossier_adds_up() -> None:
    standing = fold([happening(EventKind.SUBMITTED), happening(EventKind.RECEIVED, 30, RECEPTION)])

    assert standing == Standing(
        state=DossierState.RECEIVED,
        code="H18-261124-0001",
        submitted_at=START,
        received_at=START + timedelta(minutes=30),
        due_at=datetime(2026, 11, 27, 17, 0, tzinfo=LOCAL_TZ),
        due_stated=False,
        calendar_id=1,
    )


def test_history_with_erased_content_keeps_its_state() -> None:
    standing = fold([happening(EventKind.SUBMITTED), happening(EventKind.RECEIVED, 30)])

    assert standing.state == DossierState.RECEIVED
    assert standing.code is None


@given(st.lists(st.sampled_from(EventKind.values), max_size=5))
def test_history_outside_the_table_is_refused(kinds: list[str]) -> None:
    state, possible = "", True
    for kind in kinds:
        possible = possible and (state, kind) in TRANSITIONS
        state = TRANSITIONS.get((state, kind), state)
    history = [happening(kind, payload=RECEPTION) for kind in kinds]

    if possible:
        assert fold(history).state == state
    else:
        with pytest.raises(NotPossible):
            fold(history)


@given(st.integers(0, 10_000), st.integers(0, 10_000), st.booleans())
def test_fold_is_the_same_event_by_event(sent: int, received: int, stated: bool) -> None:
    history = [
        happening(EventKind.SUBMITTED, sent),
        happening(EventKind.RECEIVED, received, RECEPTION | {"due_stated": stated}),
    ]

    standing = Standing()
    for event in history:
        standing = advance(standing, event)

    assert standing == fold(history)


def test_every_state_is_reached_and_described() -> None:
    assert set(TRANSITIONS.values()) == set(DossierState.values) == set(STATES)
    assert {kind for _state, kind in TRANSITIONS} == set(EventKind.values)


def test_completion_counts_milestones() -> None:
    assert STATES[DossierState.SUBMITTED].completion == 25
    assert STATES[DossierState.RECEIVED].completion == 50
    assert len(MILESTONES) == 4
