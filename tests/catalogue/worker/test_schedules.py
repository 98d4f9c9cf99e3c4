from datetime import time, timedelta

import pytest

from catalogue import clock
from catalogue.enums import JobState
from catalogue.jobs import Registry
from catalogue.models import Job, ScheduledRun
from catalogue.services.schedules import enqueue_due_schedules
from catalogue.worker import Worker
from factories.worker import leave_mark, marks, moment

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

NOON = moment("2026-03-02T12:00")
HOUR = timedelta(hours=1)


def hourly(**options):
    registry = Registry()
    registry.schedule("hourly", every=HOUR, **options)(lambda: leave_mark("ran"))
    return registry


def work_at(registry, at):
    with clock.frozen(at):
        Worker(registry).run_until_idle()


def due_times():
    return [clock.local(run.due_at) for run in ScheduledRun.objects.order_by("due_at")]


def test_daily_schedule_runs_at_its_time_in_vietnam():
    registry = Registry()
    registry.schedule("nightly", at=time(2, 30))(lambda: leave_mark("night"))

    work_at(registry, moment("2026-03-02T02:29"))
    work_at(registry, moment("2026-03-02T02:30"))
    work_at(registry, moment("2026-03-02T23:59"))

    assert due_times() == [moment("2026-03-01T02:30"), moment("2026-03-02T02:30")]
    assert marks() == ["night", "night"]


def test_schedule_runs_once_per_due_time():
    registry = hourly()

    for minutes in (0, 1, 59, 60):
        work_at(registry, NOON + timedelta(minutes=minutes))

    assert due_times() == [NOON, NOON + HOUR]
    assert marks() == ["ran", "ran"]
    assert all(run.done_at for run in ScheduledRun.objects.all())


def test_late_start_catches_up_once():
    registry = hourly()

    work_at(registry, NOON)
    work_at(registry, NOON + 5 * HOUR)

    assert due_times() == [NOON, NOON + 5 * HOUR]


def test_late_start_catches_up_each_time_when_declared():
    registry = hourly(catch_up=True)

    work_at(registry, NOON)
    for _turn in range(4):
        work_at(registry, NOON + 3 * HOUR)

    assert due_times() == [NOON + hours * HOUR for hours in range(4)]
    assert marks() == ["ran"] * 4


def test_other_workers_find_the_due_time_taken():
    registry = hourly()

    with clock.frozen(NOON):
        planned = [
            enqueue_due_schedules(schedules=registry.schedules.values()) for _worker in range(3)
        ]

    assert planned == [1, 0, 0]
    assert Job.objects.count() == 1


def test_failing_schedule_does_not_pile_up():
    registry = Registry()

    @registry.schedule("broken", every=timedelta(minutes=1))
    def broken():
        raise RuntimeError("no")

    for minutes in range(10):
        work_at(registry, NOON + timedelta(minutes=minutes))

    assert Job.objects.filter(state=JobState.PENDING).count() == 1
    assert Job.objects.count() == 1


def test_clock_put_back_repeats_nothing():
    registry = hourly()

    work_at(registry, NOON + HOUR)
    work_at(registry, NOON)

    assert due_times() == [NOON + HOUR]
