"""Why answers come in their order.

The engine's score is taken apart by asking for one field at a time, which every engine can do;
the order among the best comes from `search.ranking`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from search.engines import current_engine
from search.query import SearchQuery, weights
from search.ranking import FEATURES, UNRANKED, compare
from search.selectors.procedures import settle

_LEAST_PART = 0.005


@dataclass(frozen=True)
class ScoredAnswer:
    """One of the first answers, with all parts of its points, the greatest first.

    `points` order the answers and come from the features in `ranking`; `first` is 0 for an asked
    code, 1 for a name that was asked, else 2. `score` is the engine's, its `parts` are by field.
    """

    place: int
    code: str
    name: str
    first: int
    points: float
    ranking: Sequence[tuple[str, float]]
    score: float
    parts: Sequence[tuple[str, float]]


def scored_answers(
    query: SearchQuery, names: Sequence[tuple[str, str]], *, loosened: bool
) -> Iterator[ScoredAnswer]:
    """Yield the answers `names` (code and name, in order) with what their points come from.

    `loosened` tells that answers with any of the words were accepted. Raises IndexUnusableError.
    """
    codes = [code for code, _name in names]
    if not codes:
        return
    totals, ranked = _scores_of(query, codes), _ranked(query, loosened=loosened)
    fields = {term.field for term in (*query.scores, *query.bonuses)}
    by_field = {field: _scores_of(_only(query, field), codes) for field in fields}
    for place, (code, name) in enumerate(names, 1):
        first, features = ranked.get(code, (UNRANKED, {}))
        yield ScoredAnswer(
            place=place,
            code=code,
            name=name,
            first=first,
            points=sum(features.values()),
            ranking=_telling(features),
            score=totals.get(code, 0.0),
            parts=_telling({field: scores.get(code, 0.0) for field, scores in by_field.items()}),
        )


def _ranked(query: SearchQuery, *, loosened: bool) -> dict[str, tuple[int, dict[str, float]]]:
    """Return by code what the order among the best answers comes from, weighted."""
    asked = query.any_of() if loosened else settle(query)
    candidates, statistics = current_engine().candidates(asked)
    boosts = weights()["ranking"]
    return {
        candidate.code: (
            first,
            {
                name: boosts.get(name, 0.0) * value
                for name, value in zip(FEATURES, values, strict=True)
            },
        )
        for candidate, (first, values) in zip(
            candidates, compare(asked, candidates, statistics), strict=True
        )
    }


def _telling(parts: Mapping[str, float]) -> list[tuple[str, float]]:
    """Return the parts that count, the greatest first."""
    counting = [(name, amount) for name, amount in parts.items() if abs(amount) > _LEAST_PART]
    return sorted(counting, key=lambda part: -abs(part[1]))


def _only(query: SearchQuery, field: str) -> SearchQuery:
    """Return the query whose answers score by one field alone."""
    return replace(
        query,
        scores=tuple(term for term in query.scores if term.field == field),
        bonuses=tuple(term for term in query.bonuses if term.field == field),
    )


def _scores_of(query: SearchQuery, codes: Sequence[str]) -> dict[str, float]:
    among = replace(
        query.any_of(), words=(), filters={"code": codes}, facets=(), offset=0, limit=len(codes)
    )
    return {hit.code: hit.score for hit in current_engine().search(among).hits}
