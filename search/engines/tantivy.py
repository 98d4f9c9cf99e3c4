"""tantivy: the embedded engine, an index in a folder.

`<folder>/current.json` names the sub-folder in use. A reader looks at it before every search, so a
swap needs no signal between processes. No tantivy object is made before the first search of a
process: its threads would not survive a fork.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any
from uuid import uuid4

import tantivy
from tantivy import Occur, Query

from search.analysis import ANALYSIS_VERSION
from search.document_values import ordered_code
from search.documents import (
    DOCUMENT_VERSION,
    FACETS,
    KEYWORD_FIELDS,
    ORDERS,
    TEXT_FIELDS,
    SearchDocument,
)
from search.engines.base import (
    Explanation,
    Found,
    Hit,
    IndexFacts,
    IndexUnusableError,
    Operation,
)
from search.query import FieldTerm, SearchQuery
from search.ranking import WINDOW, Candidate, WordStatistics, rank

_FORMAT = {"engine": "tantivy 1", "analysis": ANALYSIS_VERSION, "document": DOCUMENT_VERSION}
# One thread is enough for a drain and keeps documents in the order in which they were added.
_HEAP_BYTES = 64_000_000
_MAX_FACET_VALUES = 500
# About 1 kB each.
_KEPT_FACTS = 20_000
_POINTER = "current.json"


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in TEXT_FIELDS:
        frequencies = "basic" if name == "text" else "freq"
        builder.add_text_field(name, tokenizer_name="whitespace", index_option=frequencies)
    for name in KEYWORD_FIELDS:
        builder.add_text_field(
            name,
            stored=name == "code",
            fast=name in FACETS + ORDERS,
            tokenizer_name="raw",
            index_option="basic",
        )
    builder.add_text_field("sha256", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("facts", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("shown", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("version", stored=True, indexed=True)
    return builder.build()


class _Reading:
    """One state of the index, and what was read of it before: words counted, hits ordered."""

    def __init__(self, state: tuple[int, ...], searcher: tantivy.Searcher) -> None:
        self.state = state
        self.searcher = searcher
        self.statistics = WordStatistics(searcher.num_docs, searcher.doc_freq)
        self._facts: dict[tuple[int, int], tuple[str, dict[str, Any]]] = {}

    def candidate(self, score: float, address: Any) -> Candidate:
        """Return what ordering needs to know of a hit; read once, for hits come again and again."""
        place = (address.segment_ord, address.doc)
        kept = self._facts.get(place)
        if kept is None:
            if len(self._facts) >= _KEPT_FACTS:
                self._facts.clear()
            document = self.searcher.doc(address)
            kept = (document["code"][0], json.loads(document["facts"][0]))
            self._facts[place] = kept
        return Candidate(kept[0], score, **kept[1])


class TantivyIndex:
    """One tantivy index in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            self._index = tantivy.Index(_schema(), path=str(folder))
        except (ValueError, OSError) as error:
            raise IndexUnusableError(f"{folder}: {error}") from error
        self._schema = self._index.schema
        self._reading: _Reading | None = None

    def apply(self, operations: Sequence[Operation]) -> int:
        """Index and delete in one commit; see `SearchEngine.apply`."""
        latest = {operation.code: operation for operation in operations}
        searcher = self._searcher()
        due = [operation for operation in latest.values() if self._is_news(searcher, operation)]
        if not due:
            return 0
        with self.writer() as writer:
            _write(writer, due)
            writer.commit()
            writer.wait_merging_threads()
        return len(due)

    def writer(self) -> tantivy.IndexWriter:
        """Return the only writer of this index; there is none beside it until it is closed."""
        return self._index.writer(_HEAP_BYTES, 1)

    def count(self) -> int:
        """Return the number of documents."""
        return int(self._searcher().num_docs)

    def hashes(self) -> dict[str, str]:
        """Return the sha256 of every document by code."""
        searcher = self._searcher()
        found = searcher.search(Query.all_query(), limit=max(searcher.num_docs, 1))
        documents = (searcher.doc(address) for _, address in found.hits)
        return {doc["code"][0]: doc["sha256"][0] for doc in documents}

    def search(self, query: SearchQuery) -> Found:
        """Answer a query; see `SearchEngine.search`."""
        reading = self._read()
        searcher = reading.searcher
        total, hits = self._ordered(searcher, query) if query.order else self._best(reading, query)
        return Found(total, hits, self._facets(searcher, query))

    def _best(self, reading: _Reading, query: SearchQuery) -> tuple[int, list[Hit]]:
        searcher = reading.searcher
        asked = self._query(query)
        start, end = query.offset, query.offset + query.limit
        if not query.words or start >= WINDOW:
            found = searcher.search(asked, limit=query.limit, offset=start, count=True)
            hits = found.hits
        else:
            found = searcher.search(asked, limit=max(end, WINDOW), count=True)
            hits = self._ranked(reading, query, found.hits)[start:end]
        return _total(found), [_hit(searcher, *scored) for scored in hits]

    def _ordered(self, searcher: tantivy.Searcher, query: SearchQuery) -> tuple[int, list[Hit]]:
        """Return a page by a field's values, which this library sorts only as an aggregation."""
        reach = query.offset + query.limit
        first = {"terms": {"field": query.order, "size": reach, "order": {"_key": "asc"}}}
        matching = self._matching(query)
        buckets = searcher.aggregate(matching, {"first": first})["first"]["buckets"]
        codes = [ordered_code(bucket["key"]) for bucket in buckets[query.offset :]]
        found = [searcher.search(self._filter("code", [code]), limit=1).hits[0] for code in codes]
        total = _total(searcher.search(matching, limit=1, count=True))
        return total, [_hit(searcher, 0.0, address) for _, address in found]

    def has_answer(self, query: SearchQuery) -> bool:
        """Tell whether any document answers."""
        found = self._searcher().search(self._matching(query), limit=1)
        return bool(found.hits)

    def explain(self, query: SearchQuery, code: str) -> Explanation:
        """Tell why a document has its score; see `SearchEngine.explain`."""
        searcher = self._searcher()
        asked = self._query(query)
        one = Query.boolean_query([(Occur.Must, asked), (Occur.Must, self._filter("code", [code]))])
        found = searcher.search(one, limit=1)
        if not found.hits:
            return Explanation(False, 0.0, {})
        address = found.hits[0][1]
        details = json.loads(asked.explain(searcher, address).to_json())
        return Explanation(True, details["value"], details)

    def _searcher(self) -> tantivy.Searcher:
        return self._read().searcher

    def _read(self) -> _Reading:
        """Return the newest state of the index; a writer of any process replaces its list."""
        try:
            written = (self.folder / "meta.json").stat()
            state = (written.st_ino, written.st_mtime_ns, written.st_size)
            if not self._reading or self._reading.state != state:
                self._index.reload()
                self._reading = _Reading(state, self._index.searcher())
        except (ValueError, OSError) as error:
            raise IndexUnusableError(f"{self.folder}: {error}") from error
        return self._reading

    def _is_news(self, searcher: tantivy.Searcher, operation: Operation) -> bool:
        found = searcher.search(Query.term_query(self._schema, "code", operation.code), limit=1)
        if not found.hits:
            return operation.document is not None
        indexed = searcher.doc(found.hits[0][1])
        return bool(indexed["version"][0] < operation.version)

    def candidates(self, query: SearchQuery) -> tuple[list[Candidate], WordStatistics]:
        """Return the hits that are ordered anew, by score; see `SearchEngine.candidates`."""
        reading = self._read()
        found = reading.searcher.search(self._query(query), limit=WINDOW)
        return [reading.candidate(*hit) for hit in found.hits], reading.statistics

    def _ranked(self, reading: _Reading, query: SearchQuery, hits: Sequence[Any]) -> list[Any]:
        best = [reading.candidate(*hit) for hit in hits[:WINDOW]]
        places = rank(query, best, reading.statistics)
        return [*(hits[place] for place in places), *hits[WINDOW:]]

    def _facets(self, searcher: tantivy.Searcher, query: SearchQuery) -> dict[str, dict[str, int]]:
        unfiltered = [name for name in query.facets if name not in query.filters]
        counted = self._count_values(searcher, query, unfiltered)
        for name in query.facets:
            if name in query.filters:
                counted |= self._count_values(searcher, query.without_filter(name), [name])
        return {name: counted[name] for name in query.facets}

    def _count_values(
        self, searcher: tantivy.Searcher, query: SearchQuery, names: Sequence[str]
    ) -> dict[str, dict[str, int]]:
        wanted = {name: {"terms": {"field": name, "size": _MAX_FACET_VALUES}} for name in names}
        counted = searcher.aggregate(self._matching(query), wanted) if names else {}
        return {
            name: {bucket["key"]: bucket["doc_count"] for bucket in counted[name]["buckets"]}
            for name in names
        }

    def _query(self, query: SearchQuery) -> Query:
        """Matching decides what is found, scores and bonuses only in which order."""
        matching = Query.const_score_query(self._matching(query), 0.0)
        clauses = [(Occur.Must, matching)]
        clauses += [(Occur.Should, self._boosted(term)) for term in query.scores]
        clauses += [(Occur.Should, self._bonus(term)) for term in query.bonuses]
        return Query.boolean_query(clauses)

    def _boosted(self, term: FieldTerm) -> Query:
        return Query.boost_query(
            Query.term_query(self._schema, term.field, term.term, "freq"), term.boost
        )

    def _bonus(self, term: FieldTerm) -> Query:
        return Query.const_score_query(self._filter(term.field, [term.term]), term.boost)

    def _matching(self, query: SearchQuery) -> Query:
        clauses = [(Occur.Must, self._asked(query))]
        clauses += [(Occur.Must, self._filter(*wanted)) for wanted in query.filters.items()]
        return Query.boolean_query(clauses)

    def _asked(self, query: SearchQuery) -> Query:
        if query.is_empty:
            return Query.all_query()
        ways = [(Occur.Should, self._filter("code", query.codes))] if query.codes else []
        if query.groups:
            groups = [(Occur.Should, self._group(group, query.within)) for group in query.groups]
            words = Query.boolean_query(groups, minimum_number_should_match=query.needed)
            ways.append((Occur.Should, words))
        return Query.boolean_query(ways)

    def _group(self, alternatives: Sequence[Sequence[str]], within: Sequence[str]) -> Query:
        return _any([_all([self._word(word, within) for word in words]) for words in alternatives])

    def _word(self, word: str, within: Sequence[str]) -> Query:
        return _any([self._filter(name, [word]) for name in within])

    def _filter(self, name: str, values: Sequence[str]) -> Query:
        return _any([Query.term_query(self._schema, name, value, "basic") for value in values])


def _any(queries: Sequence[Query]) -> Query:
    return _joined(Occur.Should, queries)


def _all(queries: Sequence[Query]) -> Query:
    return _joined(Occur.Must, queries)


def _joined(how: Occur, queries: Sequence[Query]) -> Query:
    """Return a query of several; one alone needs no other around it, which would cost time."""
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(how, query) for query in queries])


def _total(found: Any) -> int:
    """Return the number of all hits, which the stubs of the library do not declare."""
    return int(found.count)


def _hit(searcher: tantivy.Searcher, score: float, address: Any) -> Hit:
    document = searcher.doc(address)
    return Hit(document["code"][0], score, json.loads(document["shown"][0]))


def _write(writer: tantivy.IndexWriter, operations: Iterable[Operation]) -> None:
    for operation in operations:
        writer.delete_documents_by_term("code", operation.code)
        if operation.document:
            writer.add_document(_stored(operation.document, operation.version))


def _stored(document: SearchDocument, version: int) -> tantivy.Document:
    stored = tantivy.Document()
    for name, terms in document.texts.items():
        stored.add_text(name, " ".join(terms))
    for name, values in document.keywords.items():
        for value in values:
            stored.add_text(name, value)
    stored.add_text("sha256", document.sha256)
    stored.add_text("facts", json.dumps(document.facts))
    stored.add_text("shown", json.dumps(document.shown, ensure_ascii=False))
    stored.add_integer("version", version)
    return stored


class SpareTantivyIndex:
    """An index that is being filled beside the one in use, by one writer from first to last."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._index = TantivyIndex(folder)
        self._writer: tantivy.IndexWriter | None = self._index.writer()

    def apply(self, operations: Sequence[Operation]) -> None:
        """Index and delete; see `SpareIndex.apply`."""
        if not self._writer:
            raise ValueError("This index is in use; nothing can be added to it as a spare one.")
        _write(self._writer, operations)

    def count(self) -> int:
        """Return the number of documents."""
        if self._writer:
            self._writer.commit()
        return self._index.count()

    def close(self) -> None:
        """Give the writer back; what was not committed is lost."""
        if self._writer:
            self._writer.rollback()
            self._writer.wait_merging_threads()
            self._writer = None

    def swap(self) -> None:
        """Put this index into use; keep the one before it, remove older ones."""
        if self._writer:
            self._writer.commit()
        self.close()
        root = self.folder.parent
        before = _current_folder(root)
        pointer = root / "current.json.new"
        pointer.write_text(json.dumps(_FORMAT | {"folder": self.folder.name}), encoding="utf-8")
        os.replace(pointer, root / _POINTER)
        for folder in root.iterdir():
            if folder.is_dir() and folder not in (self.folder, before):
                shutil.rmtree(folder)


class TantivyEngine:
    """The engine over the index in use; see `SearchEngine`."""

    def __init__(self, folder: Path) -> None:
        self._root = folder
        self._opened: tuple[int, TantivyIndex] | None = None
        self._opening = Lock()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the right to write and to swap; see `SearchEngine.writing`."""
        with self._lock("writer.lock"):
            yield

    def apply(self, operations: Sequence[Operation]) -> int:
        """Index and delete; see `SearchEngine.apply`."""
        return self._index().apply(operations)

    def search(self, query: SearchQuery) -> Found:
        """Answer a query; see `SearchEngine.search`."""
        return self._index().search(query)

    def has_answer(self, query: SearchQuery) -> bool:
        """Tell whether any document answers."""
        return self._index().has_answer(query)

    def count(self) -> int:
        """Return the number of documents."""
        return self._index().count()

    def hashes(self) -> dict[str, str]:
        """Return the sha256 of every document by code."""
        return self._index().hashes()

    def explain(self, query: SearchQuery, code: str) -> Explanation:
        """Tell why a document has its score; see `SearchEngine.explain`."""
        return self._index().explain(query, code)

    def candidates(self, query: SearchQuery) -> tuple[list[Candidate], WordStatistics]:
        """Return the hits that are ordered anew; see `SearchEngine.candidates`."""
        return self._index().candidates(query)

    @contextmanager
    def spare(self) -> Iterator[SpareTantivyIndex]:
        """Begin a new, empty index; see `SearchEngine.spare`."""
        with self._lock("rebuild.lock"):
            folder = self._root / uuid4().hex
            folder.mkdir()
            spare = SpareTantivyIndex(folder)
            try:
                yield spare
            finally:
                spare.close()
                if folder != _current_folder(self._root):
                    shutil.rmtree(folder)

    def is_usable(self) -> bool:
        """Tell whether there is an index of this version that can be read."""
        try:
            self.count()
        except IndexUnusableError:
            return False
        return True

    def facts(self) -> IndexFacts:
        """Tell what keeps the index in use; see `SearchEngine.facts`."""
        folder = self._index().folder
        try:
            built = datetime.fromtimestamp((self._root / _POINTER).stat().st_mtime, UTC)
            return IndexFacts("tantivy", built, sum(_sizes(folder)))
        except OSError as error:
            raise IndexUnusableError(f"{folder}: {error}") from error

    @contextmanager
    def _lock(self, name: str) -> Iterator[None]:
        self._root.mkdir(parents=True, exist_ok=True)
        with (self._root / name).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _index(self) -> TantivyIndex:
        folder = _current_folder(self._root)
        if folder is None:
            raise IndexUnusableError(f"{self._root}: no index of this version")
        with self._opening:
            opened = self._opened
            if not opened or opened[0] != os.getpid() or opened[1].folder != folder:
                self._opened = opened = (os.getpid(), TantivyIndex(folder))
        return opened[1]


def _sizes(folder: Path) -> Iterator[int]:
    for path in folder.iterdir():
        # The writer removes merged segments at any moment.
        with suppress(FileNotFoundError):
            yield path.stat().st_size


def _current_folder(root: Path) -> Path | None:
    """Return the folder in use, or None when there is none of this version."""
    try:
        pointer = json.loads((root / _POINTER).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    if not isinstance(pointer, dict) or not pointer.items() >= _FORMAT.items():
        return None
    folder = root / pointer["folder"]
    return folder if (folder / "meta.json").exists() else None
