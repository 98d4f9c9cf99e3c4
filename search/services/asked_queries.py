"""What readers ask, counted without knowing who asks.

A request only counts in the memory of its process; what was counted is written after later answers
have been sent, at most every 20 seconds. A process that dies loses what it had not written: these
are figures for editors, not records.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import groupby, islice
from threading import Lock
from time import monotonic
from typing import Any, NamedTuple

import structlog
from django.db import Error, transaction
from django.db.models import F, Sum

from catalogue import clock
from catalogue.services.jobs import renew_lease
from search.analysis import has_accents, tokenize
from search.models import AskedQuery, MissingAnswer
from search.person_names import names_a_person
from search.phrases import stop_phrases
from search.privacy import mask_personal
from search.query import clean

WRITTEN_EVERY = 20.0
# A process that is asked more different texts between two writings counts only these.
MOST_TEXTS = 2_000
KEPT = timedelta(days=90)
# A text with a masked number is kept when so many asked it: then it is no single person's.
MASKED_KEPT_FROM = 5
_BATCH = 500
_WRITTEN_AT_ONCE = 100
_MASK = "["
_COUNTED = ("asked", "found_nothing", "reformulated")
_log = structlog.get_logger(__name__)


class _Asked(NamedTuple):
    """One text on one day."""

    day: date
    text: str


class _Memory:
    """What this process has counted and not written."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.counts: dict[_Asked, Counter[str]] = {}
        self.since = monotonic()

    def count(self, text: str, what: Iterable[str]) -> None:
        asked = _Asked(clock.today(), text)
        with self.lock:
            if asked in self.counts or len(self.counts) < MOST_TEXTS:
                self.counts.setdefault(asked, Counter()).update(what)

    def take(self) -> dict[_Asked, Counter[str]]:
        with self.lock:
            counts, self.counts, self.since = self.counts, {}, monotonic()
        return counts


_memory = _Memory()


def note_asked(text: str, *, found: int, before: str = "") -> None:
    """Count that a reader asked `text` and found so many procedures; nothing is written yet.

    `before` is what the page asked from which this query was sent: with telling words in common it
    is counted as asked again in other words. Texts that name a person are not counted at all.
    """
    if kept := kept_text(text):
        _memory.count(kept, ["asked"] if found else ["asked", "found_nothing"])
        earlier = kept_text(before)
        if earlier and earlier != kept and _telling(earlier) & _telling(kept):
            _memory.count(earlier, ["reformulated"])


def kept_text(text: str) -> str:
    """Return the form in which a query is kept, empty when it is not: masked, in lower case."""
    cleaned = clean(text)
    return "" if names_a_person(cleaned) else mask_personal(cleaned).lower()[:200]


def write_asked_when_due(**_signal: Any) -> None:
    """Write what was counted if the last time is 20 seconds ago; called after each answer."""
    if _memory.counts and monotonic() - _memory.since >= WRITTEN_EVERY:
        write_asked()


def write_asked() -> int:
    """Write what this process has counted and return how many texts; a failure loses the rest.

    A hundred texts are one transaction, far below the quarter of a second that SQLite bears.
    """
    counts = sorted(_memory.take().items(), key=lambda counted: counted[0])
    written = 0
    try:
        for day, of_day in groupby(counts, key=lambda counted: counted[0].day):
            for batch in _batches((asked.text, count) for asked, count in of_day):
                _add(day, batch)
                written += len(batch)
    except Error as error:
        lost = len(counts) - written
        _log.warning("search.asked_lost", texts=lost, error=type(error).__name__)
    return written


def _batches(counts: Iterator[tuple[str, Counter[str]]]) -> Iterator[dict[str, Counter[str]]]:
    while batch := dict(islice(counts, _WRITTEN_AT_ONCE)):
        yield batch


@transaction.atomic
def _add(day: date, counts: Mapping[str, Counter[str]]) -> None:
    """Add counts to the rows of a day; several processes may do so at the same time.

    Rows are made and locked in the order of their texts, so that none waits for another in a ring.
    """
    texts = sorted(counts)
    AskedQuery.objects.bulk_create(
        [AskedQuery(day=day, text=text) for text in texts], ignore_conflicts=True
    )
    rows = AskedQuery.objects.filter(day=day, text__in=texts).order_by("text").select_for_update()
    by_increment: dict[tuple[int, ...], list[int]] = {}
    for pk, text in rows.values_list("pk", "text"):
        increment = tuple(counts[text][name] for name in _COUNTED)
        by_increment.setdefault(increment, []).append(pk)
    for increment, keys in by_increment.items():
        added = {name: F(name) + n for name, n in zip(_COUNTED, increment, strict=True) if n}
        AskedQuery.objects.filter(pk__in=keys).update(**added)


def forget_counted() -> None:
    """Throw away what this process has counted and not written."""
    _memory.take()


def forget_asked() -> int:
    """Delete what was asked or reported more than 90 days ago, and rare texts with a mask.

    Returns how many rows. Runs in short transactions of its own.
    """
    today = clock.today()
    masked = AskedQuery.objects.filter(text__contains=_MASK)
    often = masked.values("text").annotate(n=Sum("asked")).filter(n__gte=MASKED_KEPT_FROM)
    rare = masked.filter(day__lt=today).exclude(text__in=list(often.values_list("text", flat=True)))
    reported = MissingAnswer.objects.filter(created_at__lt=clock.now() - KEPT)
    return sum(map(_delete, (AskedQuery.objects.filter(day__lt=today - KEPT), rare, reported)))


def _delete(rows: Any) -> int:
    deleted = 0
    while batch := list(rows.values_list("pk", flat=True)[:_BATCH]):
        deleted += rows.model.objects.filter(pk__in=batch).delete()[0]
        renew_lease()
    return deleted


def _telling(text: str) -> set[str]:
    """Return the folded words of a text without those around a need."""
    tokens = tokenize(text)
    around = {
        place
        for match in stop_phrases().matches(tokens, accented=has_accents(tokens))
        for place in range(match.start, match.end)
    }
    return {token.folded for place, token in enumerate(tokens) if place not in around}
