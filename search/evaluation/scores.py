"""What the queries of a class score together."""

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from catalogue.text import fold
from search.evaluation.measures import Outcome, measure
from search.evaluation.queries import JudgedQuery

ALL = "all"
ACCENTED = "accented"
UNACCENTED = "unaccented"

Measured = Sequence[tuple[JudgedQuery, Outcome]]


@dataclass(frozen=True)
class ClassScore:
    """Means over the queries of a class, each from 0 to 1; times in milliseconds."""

    kind: str
    queries: int
    figures: Mapping[str, float]
    zero: float
    nothing: float
    p50: float
    p95: float


@dataclass(frozen=True)
class Evaluation:
    """What judged queries scored, and those with accents once more without them."""

    measured: Measured
    unaccented: Measured

    def groups(self) -> dict[str, Measured]:
        """Return the measured queries by class, and together.

        Together are all that have an answer; those of them with accents; these without accents.
        """
        kinds = sorted({judged.kind for judged, _ in self.measured})
        groups: dict[str, Measured] = {
            kind: [pair for pair in self.measured if pair[0].kind == kind] for kind in kinds
        }
        answered = [pair for pair in self.measured if pair[0].relevant]
        groups[ALL] = answered
        groups[ACCENTED] = [pair for pair in answered if _has_accents(pair[0])]
        groups[UNACCENTED] = self.unaccented
        return {kind: pairs for kind, pairs in groups.items() if pairs}

    def scores(self) -> list[ClassScore]:
        """Return the score of each group."""
        return [_score(kind, measured) for kind, measured in self.groups().items()]


def evaluate(judged: Iterable[JudgedQuery]) -> Evaluation:
    """Ask judged queries, and each that has an answer and accents also without these.

    Raises IndexUnusableError.
    """
    queries = list(judged)
    twins = [_unaccented(query) for query in queries if query.relevant and _has_accents(query)]
    return Evaluation(
        measured=[(query, measure(query)) for query in queries],
        unaccented=[(query, measure(query)) for query in twins],
    )


def means(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """Return the mean of each figure over the outcomes that have it, by name."""
    names = dict.fromkeys(name for outcome in outcomes for name in outcome.figures)
    return {
        name: statistics.fmean(o.figures[name] for o in outcomes if name in o.figures)
        for name in names
    }


def _has_accents(judged: JudgedQuery) -> bool:
    return fold(judged.query) != judged.query.lower()


def _unaccented(judged: JudgedQuery) -> JudgedQuery:
    return replace(judged, query=fold(judged.query))


def _score(kind: str, measured: Measured) -> ClassScore:
    outcomes = [outcome for _, outcome in measured]
    times = sorted(outcome.milliseconds for outcome in outcomes)
    return ClassScore(
        kind=kind,
        queries=len(outcomes),
        figures=means(outcomes),
        zero=statistics.fmean(outcome.zero for outcome in outcomes),
        nothing=statistics.fmean(outcome.nothing for outcome in outcomes),
        p50=times[len(times) // 2],
        p95=times[min(len(times) - 1, int(len(times) * 0.95))],
    )
