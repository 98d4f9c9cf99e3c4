from threading import Event, Thread
from typing import NoReturn

import pytest
from django.db import InterfaceError, OperationalError

from portal.page_cache import generation as module
from portal.page_cache.generation import GenerationWatch


class Catalogue:
    """A sequence that can be moved and taken away."""

    def __init__(self) -> None:
        self.sequence, self.reads = 7, 0
        self.fault: Exception | None = None

    def read(self) -> int:
        self.reads += 1
        if self.fault:
            raise self.fault
        return self.sequence


@pytest.fixture
def catalogue() -> Catalogue:
    return Catalogue()


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds of the machine's steady clock, to be moved by the test."""
    seconds = [1000.0]
    monkeypatch.setattr(module, "monotonic", lambda: seconds[0])
    return seconds


def sequence_of(watch: GenerationWatch) -> int | None:
    current = watch.current()
    return current.sequence if current else None


def test_copy_is_used_for_its_seconds(catalogue: Catalogue, time: list[float]) -> None:
    watch = GenerationWatch(catalogue.read, 0.2)
    watch.current()
    catalogue.sequence = 8

    time[0] += 0.19
    before = sequence_of(watch)
    time[0] += 0.02
    after = sequence_of(watch)

    assert (before, after, catalogue.reads) == (7, 8, 2)


@pytest.mark.parametrize("fault", [OperationalError("away"), InterfaceError("away")])
def test_r2_last_copy_goes_on_while_the_database_is_away(
    catalogue: Catalogue, time: list[float], fault: Exception
) -> None:
    watch = GenerationWatch(catalogue.read, 0.2)
    watch.current()
    catalogue.fault = fault

    time[0] += 300
    during = sequence_of(watch)
    away = watch.seconds_away()
    time[0] += 601
    too_long = sequence_of(watch)
    catalogue.fault = None
    time[0] += 2
    back = sequence_of(watch)

    assert (during, too_long, back) == (7, None, 7)
    assert (away, watch.seconds_away()) == (300, 0)


def test_r2_database_that_is_away_is_asked_seldom(catalogue: Catalogue, time: list[float]) -> None:
    watch = GenerationWatch(catalogue.read, 0.2)
    catalogue.fault = OperationalError("away")

    for _ in range(20):
        watch.current()
        time[0] += 0.2

    assert catalogue.reads == 2


def test_without_a_first_answer_nothing_is_known(catalogue: Catalogue) -> None:
    catalogue.fault = OperationalError("away")

    assert GenerationWatch(catalogue.read, 0.2).current() is None


def test_other_faults_are_not_hidden() -> None:
    def broken() -> NoReturn:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        GenerationWatch(broken, 0.2).current()


def test_one_thread_asks_and_the_others_go_on() -> None:
    asking, go_on = Event(), Event()
    answers = iter([1, 2])

    def slow() -> int:
        answer = next(answers)
        if answer == 2:
            asking.set()
            go_on.wait(5)
        return answer

    watch = GenerationWatch(slow, 0)
    watch.current()
    thread = Thread(target=watch.current)
    thread.start()
    asking.wait(5)

    meanwhile = sequence_of(watch)
    go_on.set()
    thread.join()

    assert meanwhile == 1
