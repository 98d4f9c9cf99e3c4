"""What one judged query scores."""

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search.evaluation.queries import JudgedQuery
from search.selectors import SearchPage, search_procedures

DEPTH = 10
NDCG = "nDCG@10"
FIRST = "S@1"
IN_TEN = "S@10"
MRR = "MRR"
# What is compared, of a query with an answer; of one without, NOTHING is.
ANSWERED = (NDCG, FIRST, IN_TEN, MRR)
# The page promises no answer: nothing is found, or only procedures with some of the words, and
# the page says so.
NOTHING = "nothing"


@dataclass(frozen=True)
class Outcome:
    """What one judged query scored: figures from 0 to 1 by name, time in milliseconds.

    A query with an answer has the figures `ANSWERED`, one without has `NOTHING`.
    """

    figures: Mapping[str, float]
    zero: float
    nothing: float
    milliseconds: float


def measure(judged: JudgedQuery) -> Outcome:
    """Ask a query and return what the first ten results are worth. Raises IndexUnusableError."""
    began = time.perf_counter()
    found = search_procedures(judged.query, size=DEPTH)
    milliseconds = (time.perf_counter() - began) * 1000
    nothing = float(not found.items or found.loosened)
    return Outcome(
        figures=_figures(found, judged.relevant) if judged.relevant else {NOTHING: nothing},
        zero=float(not found.items),
        nothing=nothing,
        milliseconds=milliseconds,
    )


def _figures(found: SearchPage, relevant: Mapping[str, int]) -> dict[str, float]:
    grades = [relevant.get(item.code, 0) for item in found.items]
    ranks = [rank for rank, grade in enumerate(grades, 1) if grade > 0]
    best = sorted(relevant.values(), reverse=True)[:DEPTH]
    return {
        NDCG: gain(grades) / gain(best),
        FIRST: float(ranks[:1] == [1]),
        IN_TEN: float(bool(ranks)),
        MRR: 1 / ranks[0] if ranks else 0.0,
    }


def gain(grades: Sequence[int]) -> float:
    """Return the discounted cumulated gain of grades in their order, 2^grade − 1 each."""
    return sum((2**grade - 1) / math.log2(rank + 1) for rank, grade in enumerate(grades, 1))
