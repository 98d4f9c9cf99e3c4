import signal
from collections.abc import Iterator

import pytest
from django.core.management import call_command

from catalogue.jobs import registry
from catalogue.selectors.jobs import HEARTBEAT, worker_is_alive
from catalogue.services.jobs import enqueue
from catalogue.worker import product_worker


@pytest.fixture(autouse=True)
def restored_signals() -> Iterator[None]:
    numbers = (signal.SIGTERM, signal.SIGINT)
    before = {number: signal.getsignal(number) for number in numbers}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_once_does_all_that_is_due_and_leaves():
    job = enqueue(kind="task", payload={"path": "wagtail.tasks.nothing", "args": [], "kwargs": {}})

    call_command("worker", "--once")

    job.refresh_from_db()
    assert worker_is_alive()
    assert job.attempts == 1
    assert "nothing" in job.last_error


def test_product_worker_knows_the_jobs_of_all_apps():
    worker = product_worker()

    assert worker.registry is registry
    assert {"task", "schedule:worker.purge_jobs", f"schedule:{HEARTBEAT}"} <= registry.kinds.keys()
    assert "search" in registry.drains


def test_signal_asks_the_worker_to_stop():
    worker = product_worker()

    signal.raise_signal(signal.SIGTERM)

    assert worker.stopping
