"""Weights of ranking, chosen from judged queries and cross-validated."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from math import exp
from statistics import fmean

from catalogue import clock
from catalogue.text import fold
from search.engines import current_engine
from search.evaluation import JudgedQuery
from search.evaluation.measures import DEPTH, gain
from search.query import WEIGHTS, SearchQuery, parse_query
from search.ranking import FEATURES, UNRANKED, compare
from search.selectors import settle

Weights = Mapping[str, float]

_ROUNDS = 12
_SEED = "1"
# Keeps weights small where the queries do not speak against it: chosen by cross-validation.
CAUTION = 0.005


@dataclass(frozen=True)
class Observation:
    """A judged query with what ranking sees of each candidate.

    `columns` are the values by feature, `fixed` the ranks before all features, `grades` the judged
    ones, `ideal` the gain of the best order there is.
    """

    group: str
    columns: Sequence[Sequence[float]]
    fixed: Sequence[int]
    grades: Sequence[int]
    ideal: float


@dataclass(frozen=True)
class Reached:
    """What weights reach on queries: mean nDCG@10 and S@1."""

    ndcg: float
    first: float


def observe(judged: Iterable[JudgedQuery]) -> list[Observation]:
    """Return what ranking sees of judged queries, each as typed and without accents.

    Queries without an answer in the catalogue have no order. Raises IndexUnusableError.
    """
    return [
        _observation(query, text)
        for query in judged
        if query.relevant
        for text in dict.fromkeys((query.query, fold(query.query)))
    ]


def _observation(judged: JudgedQuery, text: str) -> Observation:
    query = _answered(parse_query(text))
    candidates, statistics = current_engine().candidates(query)
    compared = list(compare(query, candidates, statistics))
    grades = judged.relevant
    return Observation(
        # Queries for the same procedure are alike: they stay on one side of every fold.
        group=max(grades, key=lambda code: (grades[code], code)),
        columns=[[features[place] for _, features in compared] for place in range(len(FEATURES))],
        fixed=[fixed for fixed, _ in compared],
        grades=[grades.get(candidate.code, 0) for candidate in candidates],
        ideal=gain(sorted(grades.values(), reverse=True)[:DEPTH]),
    )


def _answered(query: SearchQuery) -> SearchQuery:
    settled = settle(query)
    return settled if current_engine().has_answer(settled) else settled.any_of()


def tune(observations: Iterable[Observation], *, caution: float = CAUTION) -> dict[str, float]:
    """Return the weights under which the judged candidates are likeliest to be chosen.

    Each weight in turn takes its Newton step on the listwise loss: the cross-entropy between the
    gains of the grades and the softmax of the weighted sums, plus `caution` times the squares.
    """
    choices = [choice for o in observations if (choice := _choice(o))]
    weights = [0.0] * len(FEATURES)
    sums = [[0.0] * len(choice.wanted) for choice in choices]
    for _ in range(_ROUNDS):
        for place in range(len(FEATURES)):
            step = _newton_step(choices, sums, place, weights[place], caution)
            weights[place] += step
            for choice, values in zip(choices, sums, strict=True):
                column = choice.columns[place]
                values[:] = [value + step * x for value, x in zip(values, column, strict=True)]
    return {name: round(weight, 2) for name, weight in zip(FEATURES, weights, strict=True)}


@dataclass(frozen=True)
class _Choice:
    """Candidates that features order, and the share of the gain that each should get."""

    columns: Sequence[Sequence[float]]
    wanted: Sequence[float]


def _choice(observation: Observation) -> _Choice | None:
    places = [place for place, fixed in enumerate(observation.fixed) if fixed == UNRANKED]
    gains = [2 ** observation.grades[place] - 1 for place in places]
    total = sum(gains)
    if not total:
        return None
    columns = [[column[place] for place in places] for column in observation.columns]
    return _Choice(columns, [value / total for value in gains])


def _newton_step(
    choices: Sequence[_Choice],
    sums: Sequence[Sequence[float]],
    place: int,
    weight: float,
    caution: float,
) -> float:
    slope, bend = 2 * caution * weight * len(choices), 2 * caution * len(choices)
    for choice, values in zip(choices, sums, strict=True):
        column = choice.columns[place]
        top = max(values)
        chances = [exp(value - top) for value in values]
        total = sum(chances)
        mean = sum(map(_product, chances, column)) / total
        slope += mean - sum(map(_product, choice.wanted, column))
        bend += sum([c * x * x for c, x in zip(chances, column, strict=True)]) / total - mean**2
    return -slope / bend


def _product(a: float, b: float) -> float:
    return a * b


def reached(observations: Sequence[Observation], weights: Weights) -> Reached:
    """Return what weights reach on observed queries."""
    grades = [_best_grades(observation, weights) for observation in observations]
    return Reached(
        ndcg=fmean(gain(g) / o.ideal for o, g in zip(observations, grades, strict=True)),
        first=fmean(float(any(g[:1])) for g in grades),
    )


def cross_validate(
    observations: Sequence[Observation], *, folds: int, caution: float = CAUTION
) -> Iterator[tuple[Reached, Reached]]:
    """Yield what each fold reaches on the queries that were tuned on, and on its own."""
    groups = sorted({observation.group for observation in observations}, key=_drawn)
    for number in range(folds):
        kept_back = set(groups[number::folds])
        used = [o for o in observations if o.group not in kept_back]
        weights = tune(used, caution=caution)
        own = [o for o in observations if o.group in kept_back]
        yield reached(used, weights), reached(own, weights)


def _drawn(group: str) -> str:
    """Return a key that puts groups in an order of chance, the same every time."""
    return hashlib.sha256(f"{_SEED} {group}".encode()).hexdigest()


def write_ranking(weights: Weights, *, files: Sequence[str], kept_back: Sequence[Reached]) -> None:
    """Write the weights into the product with the day, the files and what was reached.

    `kept_back` is what each fold reached on queries that it was not tuned on. Raises OSError.
    """
    kept = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    kept["ranking"] = dict(weights)
    kept["tuned"] = {
        "on": clock.today().isoformat(),
        "files": list(files),
        "kept back": {
            "nDCG@10": round(fmean(fold.ndcg for fold in kept_back), 3),
            "S@1": round(fmean(fold.first for fold in kept_back), 3),
        },
    }
    WEIGHTS.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")


def _best_grades(observation: Observation, weights: Weights) -> list[int]:
    boosts = [weights.get(name, 0.0) for name in FEATURES]
    sums = [0.0] * len(observation.fixed)
    for boost, column in zip(boosts, observation.columns, strict=True):
        sums = [value + boost * x for value, x in zip(sums, column, strict=True)]
    keys = [(fixed, -value) for fixed, value in zip(observation.fixed, sums, strict=True)]
    best = nsmallest(DEPTH, range(len(keys)), key=keys.__getitem__)
    return [observation.grades[place] for place in best]
