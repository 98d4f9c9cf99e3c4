"""Which queries editors should look at: those that readers asked in vain."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Sum

from catalogue import clock
from search.models import AskedQuery
from search.privacy import without_marks

MOST_SHOWN = 100


@dataclass(frozen=True)
class FailedQuery:
    """What readers asked in vain over a period; `before` is how often in the period before it."""

    text: str
    asked: int
    found_nothing: int
    reformulated: int
    before: int

    @property
    def failures(self) -> int:
        """How often nothing was found or other words were tried."""
        return self.found_nothing + self.reformulated

    @property
    def words(self) -> str:
        """The text without the marks of masked numbers: what can be asked again."""
        return without_marks(self.text)

    @property
    def trend(self) -> int:
        """How many failures more (or, below zero, fewer) than in the period before."""
        return self.failures - self.before


def failed_queries(*, days: int = 30) -> list[FailedQuery]:
    """Return what failed most in the last `days` days, at most 100 texts, the most frequent first.

    A query fails when it finds nothing, or when the reader goes on with other words.
    """
    start = clock.today() - timedelta(days=days - 1)
    since = AskedQuery.objects.filter(day__gte=start).values("text")
    sums = since.annotate(
        n=Sum("asked"), nothing=Sum("found_nothing"), again=Sum("reformulated")
    ).annotate(failed=F("nothing") + F("again"))
    rows = list(sums.filter(failed__gt=0).order_by("-failed", "text")[:MOST_SHOWN])
    before = _failures([row["text"] for row in rows], start - timedelta(days=days), start)
    return [
        FailedQuery(row["text"], row["n"], row["nothing"], row["again"], before.get(row["text"], 0))
        for row in rows
    ]


def _failures(texts: list[str], start: date, end: date) -> Mapping[str, int]:
    rows = AskedQuery.objects.filter(day__gte=start, day__lt=end, text__in=texts).values("text")
    failed = rows.annotate(n=Sum(F("found_nothing") + F("reformulated")))
    return dict(failed.values_list("text", "n"))
