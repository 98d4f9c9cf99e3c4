"""The real procedures as a search index, made without a database.

Outside pytest: `with use_index_at(index_real_corpus(folder)): search_procedures("…")` after
`django.setup()`, with `PYTHONPATH=site:tests`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from django.test import override_settings

from catalogue.canonical import sha256_hex
from catalogue.importing.records import read_record
from factories.real_records import CORPUS, real_records
from search.documents import build_search_document
from search.engines import Operation
from search.engines.tantivy import TantivyEngine

# Without `../shared` beside the checkout there is nothing to search in: tests are not collected.
IS_THERE = CORPUS.exists()
NOT_THERE = f"{CORPUS} is not there: put the shared data beside the working copy"


@cache
def real_documents() -> dict[str, dict[str, Any]]:
    """Return the canonical document of each real procedure by code, as the importer reads it."""
    if not IS_THERE:
        raise FileNotFoundError(NOT_THERE)
    return {code: read_record(record).document for code, record in real_records().items()}


def index_real_corpus(folder: Path) -> Path:
    """Build a tantivy index of all real procedures in `folder`, and return the folder."""
    engine = TantivyEngine(folder)
    with engine.spare() as spare:
        spare.apply([_operation(document) for document in real_documents().values()])
        spare.swap()
    return folder


def _operation(document: dict[str, Any]) -> Operation:
    built = build_search_document(document, sha256=sha256_hex(document))
    return Operation(document["code"], 1, built)


@contextmanager
def use_index_at(folder: Path) -> Iterator[None]:
    """Search in the index at `folder` for the length of a block."""
    with override_settings(SEARCH_DIR=folder):
        yield
