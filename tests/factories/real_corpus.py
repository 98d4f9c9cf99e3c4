"""The real procedures as a search index with its lexicon, made without a database.

Outside pytest, after `django.setup()` and with `PYTHONPATH=.:site:tests`:

    with use_index_at(index_real_corpus(folder)), without_editors():
        search_procedures("…")
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from django.test import override_settings

from catalogue.canonical import sha256_hex
from catalogue.importing.records import read_record
from factories.real_records import CORPUS, real_records
from search.analysis import Lexicon
from search.documents import build_search_document
from search.engines import Operation
from search.engines.tantivy import TantivyEngine
from search.lexicon import use_lexicon
from search.lexicon_texts import document_texts, phrase_texts
from search.selectors.editors_synonyms import EDITORS_SYNONYMS
from search.synonyms import add_synonym_source, remove_synonym_source

# Without `../shared` beside the checkout there is nothing to search in: tests are not collected.
IS_THERE = CORPUS.exists()
NOT_THERE = f"{CORPUS} is not there: put the shared data beside the working copy"

_LEXICON = "lexicon"


@cache
def real_documents() -> dict[str, dict[str, Any]]:
    """Return the canonical document of each real procedure by code, as the importer reads it."""
    if not IS_THERE:
        raise FileNotFoundError(NOT_THERE)
    return {code: read_record(record).document for code, record in real_records().items()}


def real_lexicon() -> Lexicon:
    """Count the words of all real procedures and of the phrases that search knows."""
    texts = chain.from_iterable(map(document_texts, real_documents().values()))
    return Lexicon.from_texts(chain(texts, phrase_texts()))


def index_real_corpus(folder: Path) -> Path:
    """Build a tantivy index of all real procedures and their lexicon in `folder`; return it."""
    engine = TantivyEngine(folder)
    with without_editors(), engine.spare() as spare:
        spare.apply([_operation(document) for document in real_documents().values()])
        (folder / _LEXICON).write_bytes(real_lexicon().to_bytes())
        spare.swap()
    return folder


def _operation(document: dict[str, Any]) -> Operation:
    built = build_search_document(document, sha256=sha256_hex(document))
    return Operation(document["code"], 1, built)


@contextmanager
def use_index_at(folder: Path) -> Iterator[None]:
    """Search in the index and by the lexicon at `folder` for the length of a block."""
    with override_settings(SEARCH_DIR=folder), use_lexicon(_lexicon(folder)):
        yield


@cache
def _lexicon(folder: Path) -> Lexicon:
    return Lexicon.from_bytes((folder / _LEXICON).read_bytes())


@contextmanager
def without_editors() -> Iterator[None]:
    """Search without what editors keep in the database."""
    with ExitStack() as ended:
        # A test without a database has removed them already.
        with suppress(ValueError):
            remove_synonym_source(EDITORS_SYNONYMS)
            ended.callback(add_synonym_source, EDITORS_SYNONYMS)
        yield
