import random
import signal
import time
from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from catalogue.enums import JobState
from catalogue.models import Job
from catalogue.selectors.jobs import worker_is_alive
from catalogue.services.changes import announce
from catalogue.services.jobs import enqueue
from factories.worker import marks

pytestmark = pytest.mark.both_databases


# How many kills, and how many new jobs and changes before each.
KILLS = [(20, 8), pytest.param(200, 3, marks=[pytest.mark.long, pytest.mark.timeout(3_600)])]


def give_work(round_number, jobs, changes):
    names = [f"job {round_number}-{number}" for number in range(jobs)]
    keys = [f"change {round_number}-{number}" for number in range(changes)]
    with transaction.atomic():
        for name in names:
            enqueue(kind="test.mark", payload={"name": name, "seconds": 0.02})
        announce(kind="test", keys=keys)
    return names + keys


def all_done(expected):
    return lambda: len(marks()) >= len(expected) and not unfinished()


def is_at_work(worker):
    return Job.objects.filter(leased_by__contains=f":{worker}:").exists


def unfinished():
    return Job.objects.filter(kind__startswith="test.").exclude(state=JobState.DONE).exists()


@pytest.mark.parametrize(("kills", "work"), KILLS)
def test_r28_each_effect_happens_once_over_many_kills(workers, wait_until, kills, work):
    moments = random.Random(28)
    expected = []

    for round_number in range(kills):
        expected += give_work(round_number, jobs=work, changes=work)
        worker = workers.start()
        wait_until(is_at_work(worker))
        time.sleep(moments.uniform(0, 0.3))
        workers.end(worker, signal.SIGKILL)
    workers.start()
    wait_until(all_done(expected))

    assert sorted(marks()) == sorted(expected)
    assert Job.objects.filter(attempts__gt=1).exists()


def test_workers_share_the_queue(workers, wait_until):
    expected = give_work(0, jobs=60, changes=40)

    for _worker in range(3):
        workers.start()
    wait_until(all_done(expected))
    wait_until(worker_is_alive)

    assert sorted(marks()) == sorted(expected)
    assert Job.objects.values("leased_by").distinct().count() > 1


def test_terminated_worker_finishes_its_job_and_leaves(workers, wait_until):
    for name in ("first", "second"):
        enqueue(kind="test.slow", payload={"name": name, "seconds": 0.7})
    worker = workers.start()
    wait_until(Job.objects.filter(state=JobState.RUNNING).exists)

    status = workers.end(worker)

    assert status == 0
    assert marks() == ["first"]
    assert Job.objects.get(payload__name="second").state == JobState.PENDING


@contextmanager
def sqlite_is_locked():
    with transaction.atomic():
        yield


@contextmanager
def connections_are_cut():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    yield


FAULTS = {"sqlite": sqlite_is_locked, "postgresql": connections_are_cut}


class TestDatabaseFaults:
    @pytest.fixture
    def database_options(self):
        return {"sqlite": "?timeout=0.1", "postgresql": ""}[connection.vendor]

    def test_r1_r25_worker_outlives_faults_of_the_database(self, workers, wait_until):
        expected = []
        worker = workers.start()

        for round_number in range(3):
            expected += give_work(round_number, jobs=8, changes=8)
            time.sleep(0.1)
            with FAULTS[connection.vendor]():
                time.sleep(0.4)
        wait_until(all_done(expected))

        assert sorted(marks()) == sorted(expected)
        assert workers.end(worker) == 0
