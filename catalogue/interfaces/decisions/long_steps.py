"""What a decision's screen tells of a step that the worker takes, and of its problems."""

from typing import Any

from django.core.paginator import Page

from catalogue.enums import JobState
from catalogue.models import DecisionStep
from catalogue.selectors.jobs import worker_is_alive

# Problems told at the top of the screen; all of them stand at their items.
TOLD = 10


class ItemProblems:
    """Why a step was refused, in all and per item."""

    def __init__(self, step: DecisionStep | None) -> None:
        self.all: list[tuple[str, str]] = [
            (code, problem)
            for code, problem in (step.problems if step and step.finished_at else [])
        ]
        self.codes = {code for code, _problem in self.all if code}

    def __bool__(self) -> bool:
        return bool(self.all)

    @property
    def first(self) -> list[tuple[str, str]]:
        """The problems that are told at the top."""
        return self.all[:TOLD]

    @property
    def more(self) -> int:
        """How many more there are."""
        return max(0, len(self.all) - TOLD)

    def beside(self, page: Page) -> Page:
        """Put the problems of each item of `page` on it, as `problems`."""
        for item in page.object_list:
            code = item.procedure.code
            item.problems = [problem for of, problem in self.all if of == code]
        return page


def step_context(step: DecisionStep) -> dict[str, Any]:
    """Return what the part of the screen about `step` shows."""
    waits_again = bool(step.job and step.job.attempts and step.job.state == JobState.PENDING)
    return {
        "long_step": step,
        "percent": 100 * step.done // step.total if step.total else 100,
        "is_tried_again": waits_again,
        "is_worker_away": step.is_going_on and not worker_is_alive(),
    }
