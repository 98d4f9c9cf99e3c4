from datetime import timedelta

import pytest
from django.db import transaction

from catalogue import clock
from catalogue.jobs import Registry
from catalogue.models import ChangeCursor
from catalogue.selectors.jobs import consumer_states
from catalogue.services.changes import announce
from catalogue.services.consumers import consume_changes
from catalogue.worker import Worker
from factories.worker import leave_mark, marks, moment

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

NOON = moment("2026-03-02T12:00")


@pytest.fixture
def changes():
    with transaction.atomic():
        return announce(kind="test", keys=["a", "b", "c"])


def mark_all(changes):
    for change in changes:
        leave_mark(change.key)


def consumer(handle, limit=100):
    return lambda: consume_changes(consumer="marks", handle=handle, limit=limit)


def turn(registry, at=NOON):
    with clock.frozen(at):
        return Worker(registry).turn()


def test_changes_are_consumed_once_and_in_order(changes):
    registry = Registry()
    registry.drain("marks")(consumer(mark_all, limit=2))

    worked = [turn(registry) for _turn in range(3)]

    assert worked == [True, True, False]
    assert marks() == ["a", "b", "c"]
    assert ChangeCursor.objects.get().sequence == changes[-1].sequence


def test_failing_batch_is_undone_and_repeated(changes):
    registry = Registry()
    faults = [RuntimeError("index is away")]

    @registry.drain("marks")
    @consumer
    def handle(changes):
        mark_all(changes)
        if faults:
            raise faults.pop()

    turn(registry)
    turn(registry, NOON + timedelta(seconds=1))

    assert marks() == ["a", "b", "c"]


def test_failure_is_counted_and_the_consumer_waits(changes):
    registry = Registry()
    calls = []

    @registry.drain("broken")
    def broken():
        calls.append(clock.now())
        raise RuntimeError("index is away")

    for seconds in (0, 0.9, 1, 2.9, 3):
        turn(registry, NOON + timedelta(seconds=seconds))

    assert [(call - NOON).total_seconds() for call in calls] == [0, 1, 3]
    (state,) = consumer_states()
    assert (state.consumer, state.lag, state.failures) == ("broken", 3, 3)
    assert state.last_error.endswith("RuntimeError: index is away\n")


def test_others_go_on_beside_a_failing_consumer(changes):
    registry = Registry()
    registry.drain("broken")(lambda: 1 // 0)
    registry.drain("marks")(consumer(mark_all))

    turn(registry)

    assert marks() == ["a", "b", "c"]


def test_recovery_forgets_the_failures(changes):
    registry = Registry()
    ChangeCursor.objects.create(consumer="marks", failures=9, last_error="away", at=NOON)
    registry.drain("marks")(consumer(mark_all))

    turn(registry, NOON + timedelta(seconds=29))
    waited = marks()
    turn(registry, NOON + timedelta(seconds=30))

    cursor = ChangeCursor.objects.get()
    assert waited == []
    assert (cursor.failures, cursor.last_error) == (0, "")
    assert marks() == ["a", "b", "c"]
