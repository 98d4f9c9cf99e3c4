from concurrent.futures import ThreadPoolExecutor
from datetime import time, timedelta

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from catalogue import clock
from catalogue.enums import JobPriority, JobState
from catalogue.jobs import AlreadyRegistered, Registry
from catalogue.models import Job, ScheduledRun
from catalogue.selectors.jobs import queue_state
from catalogue.services.jobs import (
    enqueue,
    purge_done_jobs,
    renew_lease,
    retry_delay,
    run_job,
    take_due_job,
)
from factories.worker import leave_mark, marks, moment

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

NOON = moment("2026-03-02T12:00")
LEASE = timedelta(minutes=1)


@pytest.fixture
def registry():
    registry = Registry()
    registry.job_handler("mark", lease=LEASE)(lambda payload: leave_mark(payload["name"]))
    return registry


def take(registry, worker="w1"):
    return take_due_job(worker=worker, registry=registry)


def stored(job):
    return Job.objects.get(pk=job.pk)


def test_job_runs_once(registry):
    enqueue(kind="mark", payload={"name": "a"})

    done = run_job(job=take(registry), registry=registry)

    assert done
    assert marks() == ["a"]
    assert Job.objects.get().state == JobState.DONE
    assert take(registry) is None


def test_oldest_due_job_is_first(registry):
    with clock.frozen(NOON):
        enqueue(kind="mark", payload={"name": "later"}, run_at=NOON - timedelta(minutes=1))
        enqueue(kind="mark", payload={"name": "earlier"}, run_at=NOON - timedelta(minutes=2))

        job = take(registry)

    assert job.payload == {"name": "earlier"}


def test_job_waits_for_its_time(registry):
    with clock.frozen(NOON):
        enqueue(kind="mark", payload={"name": "a"}, run_at=NOON + timedelta(seconds=1))

        assert take(registry) is None

    with clock.frozen(NOON + timedelta(seconds=1)):
        assert take(registry).payload == {"name": "a"}


def test_same_dedupe_key_returns_the_job(registry):
    first = enqueue(kind="mark", payload={"name": "a"}, dedupe_key="one")

    second = enqueue(kind="mark", payload={"name": "b"}, dedupe_key="one")

    assert second == first
    assert Job.objects.get().payload == {"name": "a"}


def test_same_waiting_key_returns_the_job_that_waits(registry):
    first = enqueue(kind="mark", payload={"name": "a"}, waiting_key="one")

    second = enqueue(kind="mark", payload={"name": "a"}, waiting_key="one")

    assert second == first
    assert Job.objects.count() == 1


def test_waiting_key_is_free_once_the_job_is_taken(registry):
    first = enqueue(kind="mark", payload={"name": "a"}, waiting_key="one")
    take(registry)

    second = enqueue(kind="mark", payload={"name": "a"}, waiting_key="one")

    assert second != first
    assert (stored(first).waiting_key, second.waiting_key) == (None, "one")


def test_job_that_people_wait_for_goes_before_older_upkeep(registry):
    enqueue(kind="mark", payload={"name": "old"}, priority=JobPriority.UPKEEP, run_at=NOON)
    enqueue(kind="mark", payload={"name": "mail"}, run_at=NOON + LEASE)

    with clock.frozen(NOON + 2 * LEASE):
        taken = [take(registry).payload["name"] for _ in range(2)]

    assert taken == ["mail", "old"]


def test_lost_job_waits_behind_those_due_before_its_lease_ended(registry):
    with clock.frozen(NOON):
        enqueue(kind="mark", payload={"name": "lost"})
        take(registry)
        enqueue(kind="mark", payload={"name": "waiting"})

    with clock.frozen(NOON + LEASE):
        taken = [take(registry).payload["name"] for _ in range(2)]

    assert taken == ["waiting", "lost"]


def test_upkeep_runs_while_what_people_wait_for_is_not_due(registry):
    enqueue(kind="mark", payload={"name": "later"}, run_at=NOON + LEASE)
    enqueue(kind="mark", payload={"name": "now"}, priority=JobPriority.UPKEEP, run_at=NOON)

    with clock.frozen(NOON):
        assert take(registry).payload == {"name": "now"}


if connection.vendor == "postgresql":  # SQLite has one writer at a time

    @pytest.mark.django_db(transaction=True)
    def test_waiting_job_is_not_taken_before_the_change_that_it_must_see(registry):
        enqueue(kind="mark", payload={"name": "a"}, waiting_key="one")

        with ThreadPoolExecutor(1) as other:
            with transaction.atomic():
                enqueue(kind="mark", payload={"name": "a"}, waiting_key="one")
                before = other.submit(take, registry).result()
            after = other.submit(take, registry).result()
            other.submit(connections.close_all).result()

        assert before is None
        assert after == Job.objects.get()


if connection.vendor == "sqlite":  # PostgreSQL's planner does not look at an index of few rows

    def test_next_job_is_read_off_the_index(registry):
        enqueue(kind="mark", payload={"name": "a"})

        with CaptureQueriesContext(connection) as queries:
            take(registry)

        read = [q["sql"] for q in queries if "ORDER BY" in q["sql"]]
        with connection.cursor() as cursor:
            plans = [cursor.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall() for sql in read]
        assert [len(plan) for plan in plans] == [1] * len(read)
        assert {plan[0][3].split(" (")[0] for plan in plans} == {
            "SEARCH catalogue_job USING INDEX job_due"
        }


def test_leased_job_is_not_taken_again(registry):
    enqueue(kind="mark", payload={"name": "a"})
    take(registry)

    assert take(registry, "w2") is None


def test_failing_job_leaves_nothing_and_waits(registry):
    @registry.job_handler("fail")
    def fail(payload):
        leave_mark("half")
        raise RuntimeError("no luck for lan@example.vn, 012345678901")

    with clock.frozen(NOON):
        enqueue(kind="fail", payload={})
        job = take(registry)
        done = run_job(job=job, registry=registry)

    job = stored(job)
    assert not done
    assert marks() == []
    assert (job.state, job.attempts) == (JobState.PENDING, 1)
    assert retry_delay(1) * 0.5 <= job.next_try_at - NOON <= retry_delay(1) * 1.5
    assert job.last_error.endswith("RuntimeError: no luck for [e-mail], [identity number]\n")


def test_exit_of_a_handler_is_a_failure(registry):
    registry.job_handler("exit")(lambda payload: exit(3))
    enqueue(kind="exit", payload={})

    job = take(registry)

    assert not run_job(job=job, registry=registry)
    assert stored(job).state == JobState.PENDING


def test_job_is_given_up_after_its_last_attempt(registry):
    @registry.job_handler("fail", max_attempts=2)
    def fail(payload):
        raise RuntimeError("never")

    job = enqueue(kind="fail", payload={})
    for minutes in (1, 2):
        with clock.frozen(clock.now() + timedelta(minutes=minutes)):
            run_job(job=take(registry), registry=registry)

    assert stored(job).state == JobState.DEAD
    assert queue_state().dead == 1


def test_unknown_kind_is_tried_again_later(registry):
    job = enqueue(kind="from the future", payload={})

    assert not run_job(job=take(registry), registry=registry)
    assert stored(job).state == JobState.PENDING
    assert "UnknownJobKind: from the future" in stored(job).last_error


def test_r28_expired_lease_is_taken_by_another_worker(registry):
    with clock.frozen(NOON):
        enqueue(kind="mark", payload={"name": "a"})
        lost = take(registry, "killed")
    with clock.frozen(NOON + LEASE):
        job = take(registry, "w2")
        run_job(job=job, registry=registry)

    assert (job.pk, job.attempts, job.leased_by) == (lost.pk, 2, "w2")
    assert marks() == ["a"]


def test_r28_overtaken_worker_takes_no_effect(registry):
    with clock.frozen(NOON):
        enqueue(kind="mark", payload={"name": "a"})
        slow = take(registry, "slow")
    with clock.frozen(NOON + LEASE):
        run_job(job=take(registry, "fast"), registry=registry)
        done = run_job(job=slow, registry=registry)

    assert not done
    assert marks() == ["a"]
    assert stored(slow).leased_by == "fast"


def test_overtaken_failure_does_not_touch_the_job(registry):
    @registry.job_handler("fail")
    def fail(payload):
        raise RuntimeError("late")

    with clock.frozen(NOON):
        enqueue(kind="fail", payload={})
        slow = take(registry, "slow")
    with clock.frozen(NOON + LEASE):
        take(registry, "fast")
        run_job(job=slow, registry=registry)

    assert (stored(slow).state, stored(slow).last_error) == (JobState.RUNNING, "")


def test_job_that_kills_every_worker_is_given_up(registry):
    registry.job_handler("kill", max_attempts=2, lease=LEASE)(lambda payload: None)
    job = enqueue(kind="kill", payload={}, run_at=NOON)
    for attempt in range(2):
        with clock.frozen(NOON + LEASE * attempt):
            take(registry)

    with clock.frozen(NOON + LEASE * 2):
        assert take(registry) is None

    assert stored(job).state == JobState.DEAD
    assert stored(job).last_error == "Every worker that ran it was lost."


def test_renewing_outside_of_a_job_does_nothing():
    renew_lease()


@pytest.mark.django_db(transaction=True)
def test_long_job_renews_its_lease(registry):
    @registry.job_handler("long", lease=LEASE, atomic=False)
    def work(payload):
        with clock.frozen(NOON + LEASE / 2):
            renew_lease()
        with clock.frozen(NOON + LEASE):
            assert take(registry, "w2") is None

    with clock.frozen(NOON):
        enqueue(kind="long", payload={})

        assert run_job(job=take(registry), registry=registry)


@pytest.mark.django_db(transaction=True)
def test_long_job_that_was_overtaken_stops(registry):
    reached = []

    @registry.job_handler("long", lease=LEASE, atomic=False)
    def work(payload):
        with clock.frozen(NOON + LEASE):
            take(registry, "w2")
            renew_lease()
        reached.append("the end")

    with clock.frozen(NOON):
        enqueue(kind="long", payload={})

        assert not run_job(job=take(registry), registry=registry)
    assert reached == []
    assert Job.objects.get().leased_by == "w2"


def test_lease_of_an_atomic_job_is_not_renewed(registry):
    registry.job_handler("wrong")(lambda payload: renew_lease())
    enqueue(kind="wrong", payload={})

    assert not run_job(job=take(registry), registry=registry)
    assert "TransactionManagementError" in Job.objects.get().last_error


def test_retry_delay_grows_up_to_an_hour():
    delays = [retry_delay(failures).total_seconds() for failures in (1, 2, 3, 7, 8, 500)]

    assert delays == [5, 15, 45, 3600, 3600, 3600]


def test_purge_keeps_what_is_recent_or_not_done(registry):
    with clock.frozen(NOON - timedelta(days=15)):
        enqueue(kind="mark", payload={"name": "old"})
        run_job(job=take(registry), registry=registry)
        waiting = enqueue(kind="mark", payload={"name": "waiting"}, run_at=NOON)
    with clock.frozen(NOON - timedelta(days=13)):
        recent = enqueue(kind="mark", payload={"name": "recent"})
        run_job(job=take(registry), registry=registry)

    with clock.frozen(NOON):
        purged = purge_done_jobs()

    assert purged == 1
    assert set(Job.objects.all()) == {waiting, recent}


def test_purge_keeps_the_newest_run_of_a_schedule():
    for days in (40, 30):
        ScheduledRun.objects.create(name="rare", due_at=NOON - timedelta(days=days))

    with clock.frozen(NOON):
        purge_done_jobs()

    assert ScheduledRun.objects.get().due_at == NOON - timedelta(days=30)


def test_queue_state_counts_and_tells_the_oldest_wait(registry):
    with clock.frozen(NOON):
        enqueue(kind="mark", payload={"name": "running"}, run_at=NOON - timedelta(minutes=9))
        take(registry)
        enqueue(kind="mark", payload={"name": "due"}, run_at=NOON - timedelta(minutes=3))
        enqueue(kind="mark", payload={"name": "planned"}, run_at=NOON + timedelta(days=1))

        state = queue_state()

    assert (state.pending, state.running, state.dead) == (2, 1, 0)
    assert state.oldest_wait == timedelta(minutes=3)


def test_name_is_registered_once(registry):
    with pytest.raises(AlreadyRegistered):
        registry.job_handler("mark")(lambda payload: None)


@pytest.mark.parametrize("times", [{}, {"every": LEASE, "at": time(3)}])
def test_schedule_has_either_interval_or_time(registry, times):
    with pytest.raises(ValueError, match="either an interval or a time"):
        registry.schedule("plan", **times)
