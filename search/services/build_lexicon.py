"""The lexicon, counted from the versions in force."""

from collections.abc import Iterator

from django.db import transaction

from catalogue import clock
from catalogue.documents import lift
from catalogue.models import Change, ProcedureVersion
from catalogue.selectors.changes import last_sequence
from search.analysis import ANALYSIS_VERSION, Lexicon
from search.lexicon_texts import document_texts, phrase_texts
from search.models import StoredLexicon
from search.selectors.lexicon import STORED_LEXICON
from search.selectors.versions import PROCEDURE_VERSION

_ONLY_ROW = 1
_CHUNK = 200


def build_lexicon() -> StoredLexicon:
    """Count the words of the versions in force today and keep them; takes seconds.

    Other processes search by it within five seconds.
    """
    sequence = last_sequence()
    payload = Lexicon.from_texts(_texts()).to_bytes()
    with transaction.atomic():
        stored, _created = StoredLexicon.objects.update_or_create(
            pk=_ONLY_ROW,
            defaults={
                "analysis_version": ANALYSIS_VERSION,
                "sequence": sequence,
                "built_at": clock.now(),
                "payload": payload,
            },
        )
    STORED_LEXICON.forget()
    return stored


def refresh_lexicon() -> bool:
    """Build the lexicon unless it holds the catalogue of today; return whether it was built."""
    if _is_current():
        return False
    build_lexicon()
    return True


def _is_current() -> bool:
    """Tell whether no version was announced since; those that begin by date are, too."""
    stored = StoredLexicon.objects.filter(pk=_ONLY_ROW).defer("payload").first()
    if stored is None or stored.analysis_version != ANALYSIS_VERSION:
        return False
    later = Change.objects.filter(sequence__gt=stored.sequence, kind=PROCEDURE_VERSION)
    return not later.exists()


def _texts() -> Iterator[tuple[str, int]]:
    yield from phrase_texts()
    versions = ProcedureVersion.objects.in_force_on(clock.today()).order_by("code")
    for version in versions.iterator(_CHUNK):
        yield from document_texts(lift(version.document))
