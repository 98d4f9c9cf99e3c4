import random
import threading
from time import sleep

import pytest
from django.db import connection, transaction

from catalogue.models import Change, ChangeCounter
from catalogue.selectors.changes import changes_after, last_sequence
from catalogue.services.changes import announce

pytestmark = pytest.mark.both_databases

THREADS, TIMES = 6, 8


@pytest.mark.django_db
def test_changes_are_numbered_in_the_order_given() -> None:
    start = last_sequence()

    first = announce(kind="procedure_version", keys=["a", "b"])
    second = announce(kind="procedure_version", keys=["a"])

    assert [c.sequence - start for c in (*first, *second)] == [1, 2, 3]
    assert [c.key for c in changes_after(start + 1)] == ["b", "a"]


@pytest.mark.django_db
def test_nothing_to_announce_takes_no_number() -> None:
    start = last_sequence()

    assert announce(kind="procedure_version", keys=[]) == []
    assert last_sequence() == start


@pytest.mark.django_db
def test_announcement_rolled_back_leaves_no_gap() -> None:
    start = last_sequence()
    with transaction.atomic():
        announce(kind="procedure_version", keys=["lost"])
        transaction.set_rollback(True)

    announce(kind="procedure_version", keys=["kept"])

    assert [c.sequence - start for c in changes_after(start)] == [1]


@pytest.mark.django_db(transaction=True)
def test_announcement_outside_a_transaction_is_refused() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        announce(kind="procedure_version", keys=["a"])


@pytest.mark.django_db(transaction=True)
def test_parallel_writers_leave_no_gap_and_commit_in_order() -> None:
    ChangeCounter.objects.all().delete()
    failures: list[BaseException] = []
    seen: list[int] = []
    done = threading.Event()

    def write(name: int) -> None:
        try:
            for n in range(TIMES):
                with transaction.atomic():
                    announce(kind="procedure_version", keys=[f"{name}.{n}", "second"])
                    sleep(random.uniform(0, 0.004))
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    def read() -> None:
        try:
            while not done.is_set() or last_sequence() > (seen[-1] if seen else 0):
                seen.extend(c.sequence for c in changes_after(seen[-1] if seen else 0))
        finally:
            connection.close()

    reader = threading.Thread(target=read)
    writers = [threading.Thread(target=write, args=(n,)) for n in range(THREADS)]
    for thread in (reader, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    reader.join()

    assert failures == []
    assert seen == list(range(1, 2 * THREADS * TIMES + 1))
    assert Change.objects.count() == len(seen)
