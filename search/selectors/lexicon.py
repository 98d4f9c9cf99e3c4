"""The stored lexicon, as the source of the one that search reads words by."""

from datetime import datetime
from threading import Lock
from time import monotonic

import structlog
from django.db import Error

from search.analysis import ANALYSIS_VERSION, Lexicon
from search.lexicon import NO_LEXICON
from search.models import StoredLexicon

# So long may a process search by a lexicon that has been replaced since.
SECONDS = 5.0
_log = structlog.get_logger(__name__)


class StoredLexiconSource:
    """Loads the stored lexicon once, and again when it was built anew.

    While the database is away the last one holds: search itself needs no database. Without one of
    this analysis words are read as they are typed.
    """

    def __init__(self) -> None:
        self._lexicon = NO_LEXICON
        self._built_at: datetime | None = None
        self._looked_at: float | None = None
        self._looking = Lock()

    def __call__(self) -> Lexicon:
        """Return the lexicon, at most five seconds old; see `search.lexicon.LexiconSource`."""
        # One thread looks; the others search on by what is there.
        if self._is_due() and self._looking.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._looking.release()
        return self._lexicon

    def forget(self) -> None:
        """Begin anew: the next search looks into the database."""
        self._lexicon, self._built_at, self._looked_at = NO_LEXICON, None, None

    def _is_due(self) -> bool:
        return self._looked_at is None or monotonic() - self._looked_at >= SECONDS

    def _look(self) -> None:
        self._looked_at = monotonic()
        try:
            self._load_if_new()
        except (Error, ValueError) as error:
            _log.warning("search.lexicon_not_read", error=repr(error))

    def _load_if_new(self) -> None:
        ours = StoredLexicon.objects.filter(analysis_version=ANALYSIS_VERSION)
        built_at = ours.values_list("built_at", flat=True).first()
        if built_at == self._built_at:
            return
        payload = ours.values_list("payload", flat=True).first()
        self._lexicon = Lexicon.from_bytes(bytes(payload)) if payload else NO_LEXICON
        self._built_at = built_at


STORED_LEXICON = StoredLexiconSource()
