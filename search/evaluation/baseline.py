"""What was reached once, and where an evaluation falls behind it."""

import json
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from search.evaluation.measures import Outcome
from search.evaluation.queries import OUT_OF_SCOPE, JudgedQuery
from search.evaluation.scores import UNACCENTED, Evaluation, Measured

# No class may fall by more in one change.
TOLERANCE = 0.02

_ASKED = "asked"
_DIGITS = 4


@dataclass(frozen=True)
class Baseline:
    """What each query scored as it was asked, and unaccented: figures by name by its key."""

    asked: Mapping[str, Mapping[str, float]]
    unaccented: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Fall:
    """A figure of a class that fell, and how much each query changed, the worst first."""

    kind: str
    figure: str
    before: float
    after: float
    changes: Sequence[tuple[JudgedQuery, float]]


def write_baseline(path: Path, evaluation: Evaluation) -> None:
    """Write what each query scored, one a line of JSON, by its key only. Raises OSError."""
    groups = {_ASKED: evaluation.measured, UNACCENTED: evaluation.unaccented}
    rows = [
        (group, judged.key, _rounded(outcome))
        for group, measured in groups.items()
        for judged, outcome in measured
    ]
    lines = ",\n".join(sorted(map(json.dumps, rows)))
    path.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


def _rounded(outcome: Outcome) -> dict[str, float]:
    return {name: round(value, _DIGITS) for name, value in outcome.figures.items()}


def read_baseline(path: Path) -> Baseline:
    """Return what `write_baseline` wrote. Raises OSError, or ValueError for any other file."""
    kept: dict[str, dict[str, Mapping[str, float]]] = {_ASKED: {}, UNACCENTED: {}}
    try:
        for group, key, figures in json.loads(path.read_text(encoding="utf-8")):
            kept[group][key] = dict(figures)
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"this is no baseline; write one with --save ({error!r})") from error
    return Baseline(asked=kept[_ASKED], unaccented=kept[UNACCENTED])


def compare(evaluation: Evaluation, baseline: Baseline) -> list[Fall]:
    """Return the figures that fell by more than the tolerance, in each class and together.

    Only queries that the baseline knows are compared: one judged anew has no before. Raises
    ValueError when the baseline knows none.
    """
    if not any(judged.key in baseline.asked for judged, _ in evaluation.measured):
        raise ValueError("the baseline knows none of these queries; write another with --save")
    groups = evaluation.groups()
    groups.pop(OUT_OF_SCOPE, None)
    return [
        fall
        for kind, measured in groups.items()
        for fall in _falls(kind, measured, _known(kind, baseline))
    ]


def _known(kind: str, baseline: Baseline) -> Mapping[str, Mapping[str, float]]:
    return baseline.unaccented if kind == UNACCENTED else baseline.asked


def _falls(
    kind: str, measured: Measured, known: Mapping[str, Mapping[str, float]]
) -> Iterator[Fall]:
    pairs = [
        (judged, known[judged.key], outcome.figures)
        for judged, outcome in measured
        if judged.key in known
    ]
    for figure in dict.fromkeys(name for _, before, _ in pairs for name in before):
        values = [
            (q, before[figure], after[figure]) for q, before, after in pairs if figure in before
        ]
        before = statistics.fmean(value for _, value, _ in values)
        after = statistics.fmean(value for _, _, value in values)
        if round(before - after, _DIGITS) > TOLERANCE:
            changes = [(judged, now - then) for judged, then, now in values if now < then]
            yield Fall(kind, figure, before, after, sorted(changes, key=lambda change: change[1]))
