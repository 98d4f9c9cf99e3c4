"""The editors' synonyms, as a source of those that search knows."""

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from search.models import Synonym
from search.selectors.editors_version import editors_version
from search.synonyms import SynonymEntry, read_entry


@dataclass(frozen=True)
class _Trial:
    """What one search knows otherwise: a row left out, an entry put in its place."""

    without: int | None
    entry: SynonymEntry | None


_trial: ContextVar[_Trial | None] = ContextVar("synonym_trial", default=None)


class EditorsSynonyms:
    """The entries of editors that hold today; see `search.synonyms.SynonymSource`."""

    def version(self) -> Hashable:
        """Return the version of the rows, and what the caller tries."""
        return editors_version(), _trial.get()

    def entries(self) -> Iterator[SynonymEntry]:
        """Yield the entries that hold today, with what the caller tries."""
        trial = _trial.get()
        for row in Synonym.objects.active().order_by("pk"):
            if trial is None or row.pk != trial.without:
                yield entry_of(row)
        if trial and trial.entry:
            yield trial.entry


@contextmanager
def searching_with(entry: SynonymEntry | None, *, instead_of: int | None) -> Iterator[None]:
    """Let only the caller search with `entry` (or with none) in place of the row `instead_of`."""
    token = _trial.set(_Trial(instead_of, entry))
    try:
        yield
    finally:
        _trial.reset(token)


def entry_of(row: Synonym) -> SynonymEntry:
    """Return what search reads of a row. Raises ValueError that says what is wrong with it."""
    fields = {
        "says": row.says,
        "means": row.wordings,
        "source": row.source,
        "weight": float(row.weight),
        "replaces": row.replaces,
        "accented": row.accented,
        "query": row.query,
        "finds": [row.finds],
    }
    return read_entry(fields, str(row.agency_id))


EDITORS_SYNONYMS = EditorsSynonyms()
