"""Doors through which apps above take part in a submission."""

from datetime import datetime
from typing import Protocol

from catalogue.models import Agency
from formbuilder.models import Submission


class SubmissionReceiver(Protocol):
    """Takes over a submission inside the transaction that stores it; an exception refuses it."""

    def __call__(self, submission: Submission, /) -> None:
        """Open whatever handles `submission`."""


class AnswerClock(Protocol):
    """Counts working days on the calendar of an agency."""

    def __call__(self, start: datetime, working_days: int, agency: Agency, /) -> datetime:
        """Return the end of office hours, `working_days` working days after the day of `start`."""


class NoReceiver(RuntimeError):
    """Nothing takes submissions over, so none is accepted: a dossier would lie unseen."""


class _Ports:
    """Who stands behind each door; one object, filled when the apps are ready."""

    receiver: SubmissionReceiver | None = None
    answer_clock: AnswerClock | None = None


ports = _Ports()


def register_receiver(receiver: SubmissionReceiver) -> SubmissionReceiver:
    """Let `receiver` take over every submission from now on."""
    ports.receiver = receiver
    return receiver


def register_answer_clock(answer_clock: AnswerClock) -> AnswerClock:
    """Let `answer_clock` count the days until the agency answers."""
    ports.answer_clock = answer_clock
    return answer_clock


def receiver() -> SubmissionReceiver:
    """Return the registered receiver; raises `NoReceiver` without one."""
    if ports.receiver is None:
        raise NoReceiver("No app receives submissions.")
    return ports.receiver
