"""Evaluations and falls as lines for a terminal."""

from collections.abc import Iterable, Iterator

from search.evaluation.baseline import Fall
from search.evaluation.measures import ANSWERED, NOTHING
from search.evaluation.scores import ClassScore

_SHOWN_CHANGES = 5


def score_table(scores: Iterable[ClassScore]) -> Iterator[str]:
    """Yield the lines of a table of scores; a class has "–" for a figure that it does not have.

    `zero` is the share of queries that found nothing, `nothing` of those whose page promises no
    answer.
    """
    headings = (*ANSWERED, "zero", NOTHING, "p50 ms", "p95 ms")
    yield f"{'class':<16}{'n':>5}" + "".join(f"{heading:>9}" for heading in headings)
    for score in scores:
        figures = (score.figures.get(name) for name in ANSWERED)
        shares = (*figures, score.zero, score.nothing)
        yield (
            f"{score.kind:<16}{score.queries:>5}"
            + "".join(f"{'–':>9}" if share is None else f"{share:>9.3f}" for share in shares)
            + f"{score.p50:>9.1f}{score.p95:>9.1f}"
        )


def fall_lines(falls: Iterable[Fall], *, with_queries: bool = True) -> Iterator[str]:
    """Yield what fell from where to where, and below it the queries that fell most."""
    for fall in falls:
        yield f"{fall.kind}: {fall.figure} fell from {fall.before:.3f} to {fall.after:.3f}"
        if with_queries:
            for judged, change in fall.changes[:_SHOWN_CHANGES]:
                yield f"    {change:+.3f}  {judged.query}"
