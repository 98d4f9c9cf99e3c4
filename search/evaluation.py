"""How good the answers are, measured on judged queries."""

import json
import math
import statistics
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalogue.text import fold
from search.selectors import search_procedures

_DEPTH = 10
# A code that a list only names as right counts like the best grade of a graded list.
_RIGHT = 3

UNACCENTED = "unaccented"


@dataclass(frozen=True)
class JudgedQuery:
    """A query, its class and the grade of each right code (3 answers it, 0 does not)."""

    query: str
    kind: str
    relevant: Mapping[str, int]


@dataclass(frozen=True)
class Outcome:
    """What one judged query scored, each from 0 to 1, and its time in milliseconds."""

    first: float
    in_ten: float
    ndcg: float
    reciprocal_rank: float
    milliseconds: float


@dataclass(frozen=True)
class ClassScore:
    """Means over the queries of a class; times in milliseconds."""

    kind: str
    queries: int
    success_at_1: float
    success_at_10: float
    ndcg_at_10: float
    mrr: float
    p50: float
    p95: float


def read_judged_queries(path: Path) -> list[JudgedQuery]:
    """Return the judged queries of a file of JSON lines that have an answer in the corpus.

    A line carries `relevant` (code → grade) and `class`, or `expected_in_corpus` and `behaviour`.
    Raises OSError, or ValueError with the number of a line that is neither.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    judged = (_judged(number, line) for number, line in enumerate(lines, 1) if line.strip())
    return [query for query in judged if query.relevant]


def _judged(number: int, line: str) -> JudgedQuery:
    try:
        fields: Any = json.loads(line)
        kind = fields["class"] if "class" in fields else fields["behaviour"]
        if "relevant" in fields:
            return JudgedQuery(fields["query"], kind, fields["relevant"])
        right = dict.fromkeys(fields["expected_in_corpus"], _RIGHT)
        return JudgedQuery(fields["query"], kind, right)
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"Line {number} is no judged query: {error!r}") from error


def evaluate(judged: Iterable[JudgedQuery]) -> list[ClassScore]:
    """Run judged queries and return the scores by class, of all, and of all typed unaccented."""
    judged = list(judged)
    outcomes = [(query.kind, _outcome(query.query, query.relevant)) for query in judged]
    folded = [_outcome(fold(query.query), query.relevant) for query in judged]
    by_class = {
        kind: [outcome for other, outcome in outcomes if other == kind]
        for kind in sorted({kind for kind, _ in outcomes})
    }
    groups = by_class | {"all": [outcome for _, outcome in outcomes], UNACCENTED: folded}
    return [_score(kind, group) for kind, group in groups.items() if group]


def _outcome(query: str, relevant: Mapping[str, int]) -> Outcome:
    began = time.perf_counter()
    found = search_procedures(query, size=_DEPTH)
    milliseconds = (time.perf_counter() - began) * 1000
    grades = [relevant.get(item.code, 0) for item in found.items]
    ranks = [rank for rank, grade in enumerate(grades, 1) if grade > 0]
    best = sorted(relevant.values(), reverse=True)[:_DEPTH]
    return Outcome(
        first=float(ranks[:1] == [1]),
        in_ten=float(bool(ranks)),
        ndcg=_gain(grades) / _gain(best),
        reciprocal_rank=1 / ranks[0] if ranks else 0.0,
        milliseconds=milliseconds,
    )


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / math.log2(rank + 1) for rank, grade in enumerate(grades, 1))


def _score(kind: str, outcomes: Sequence[Outcome]) -> ClassScore:
    times = sorted(outcome.milliseconds for outcome in outcomes)
    return ClassScore(
        kind=kind,
        queries=len(outcomes),
        success_at_1=statistics.fmean(outcome.first for outcome in outcomes),
        success_at_10=statistics.fmean(outcome.in_ten for outcome in outcomes),
        ndcg_at_10=statistics.fmean(outcome.ndcg for outcome in outcomes),
        mrr=statistics.fmean(outcome.reciprocal_rank for outcome in outcomes),
        p50=times[len(times) // 2],
        p95=times[min(len(times) - 1, int(len(times) * 0.95))],
    )


def score_table(scores: Iterable[ClassScore]) -> Iterator[str]:
    """Yield the lines of a table of scores for a terminal."""
    headings = ("S@1", "S@10", "nDCG@10", "MRR", "p50 ms", "p95 ms")
    yield f"{'class':<16}{'n':>5}" + "".join(f"{heading:>9}" for heading in headings)
    for score in scores:
        shares = (score.success_at_1, score.success_at_10, score.ndcg_at_10, score.mrr)
        yield (
            f"{score.kind:<16}{score.queries:>5}"
            + "".join(f"{share:>9.3f}" for share in shares)
            + f"{score.p50:>9.1f}{score.p95:>9.1f}"
        )
