"""Which promoted answers stand above the results of a query."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse

from catalogue import clock
from catalogue.models import ProcedureVersion
from search.analysis import folded_terms
from search.models import PromotedAnswer
from search.query import clean
from search.selectors.editors_version import EditorsVersion, editors_version


@dataclass(frozen=True)
class PromotedLink:
    """Where an answer leads; `code` is empty for a page that is no procedure."""

    address: str
    label: str
    code: str = ""


@dataclass(frozen=True)
class Promotion:
    """One promoted answer as readers see it."""

    message: str
    links: Sequence[PromotedLink]


@dataclass(frozen=True)
class _Row:
    phrases: tuple[tuple[str, ...], ...]
    answers: tuple[str, ...]
    message: str

    def is_asked_by(self, words: Sequence[str]) -> bool:
        """Whether one of the phrases stands in `words`, its words in a row."""
        return any(
            phrase == tuple(words[start : start + len(phrase)])
            for phrase in self.phrases
            for start in range(len(words) - len(phrase) + 1)
        )


def promoted_for(text: str) -> list[Promotion]:
    """Return the promoted answers for what a reader typed, accents and capitals aside.

    What is no longer in force is left out, and an answer that leads nowhere with it.
    """
    rows = _rows(editors_version())
    words = folded_terms(clean(text)) if rows else []
    shown = (Promotion(row.message, list(_links(row))) for row in rows if row.is_asked_by(words))
    return [promotion for promotion in shown if promotion.links]


@lru_cache(maxsize=1)
def _rows(version: EditorsVersion) -> tuple[_Row, ...]:
    """Return the rows of a day; read again when editors changed any, or on the next day."""
    return tuple(
        _Row(
            phrases=tuple(tuple(folded_terms(line)) for line in row.phrases.splitlines()),
            answers=tuple(row.answers.splitlines()),
            message=row.message,
        )
        for row in PromotedAnswer.objects.active()
    )


def _links(row: _Row) -> Iterator[PromotedLink]:
    codes = [line for line in row.answers if not line.startswith("/")]
    versions = ProcedureVersion.objects.in_force_on(clock.today()).filter(code__in=codes)
    names = dict(versions.values_list("code", "name"))
    for line in row.answers:
        address, _space, words = line.partition(" ")
        if line.startswith("/"):
            yield PromotedLink(address, words)
        elif line in names:
            yield PromotedLink(reverse("catalogue:procedure", args=[line]), names[line], line)
