"""Searching and indexing: the product's search beside the bare engine and Wagtail's own search.

    python tests/performance/searching.py

The procedures are the real ones where they lie beside the working copy, else the samples; larger
corpora are made of copies under other codes. All ways answer the same queries by turns in one run.
"""

import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from performance.load import measure
from performance.pages import prepare
from tools.live_site import running_web

CORPORA = (10_000, 100_000)
# Wagtail keeps its index in the database, so it answers over the imported pages only.
ROUNDS = 3
CHUNK = 500
# Short, so that no network asks more often than one may.
SECONDS = 2.5
CONNECTIONS = 4
PROXIES = "127.0.0.0/8"
PER_PAGE = 10
JUDGED = Path(__file__).parents[1] / "search" / "judged" / "tuning.jsonl"
SUGGESTED = 300

Answer = Callable[[str], object]


@dataclass(frozen=True)
class Spent:
    """Milliseconds that answers took: the median and the 95th percentile."""

    median: float
    p95: float


def main() -> None:
    """Measure and print one line per way and corpus."""
    with tempfile.TemporaryDirectory(prefix="mc-search-") as name:
        folder = Path(name)
        url = prepare(folder)
        documents = list(corpus())
        queries = judged_queries()
        print(f"{len(documents)} procedures to copy from, {len(queries)} queries")
        print("procedures  way                        median ms    p95 ms")
        medians = {}
        for total in CORPORA:
            rate = index(documents, total)
            print(f"{total:>10}  indexed, documents per second {rate:18.0f}", flush=True)
            medians[total] = in_process(total, queries)
            if total == CORPORA[0]:
                over_http(total, url, folder, queries)
        few, many = (medians[total]["ours"] for total in CORPORA)
        print(f"ten times as many procedures: ours takes {many / few:.2f} times as long")
        beside_wagtail(queries)


def corpus() -> Iterator[dict[str, Any]]:
    """Yield the canonical documents to copy from."""
    from catalogue.documents import lift
    from catalogue.models import ProcedureVersion
    from factories.real_corpus import IS_THERE, real_documents

    if IS_THERE:
        yield from real_documents().values()
    else:
        for version in ProcedureVersion.objects.order_by("code"):
            yield lift(version.document)


def judged_queries() -> list[str]:
    """Return the judged queries in an order of chance, the same in each run."""
    lines = JUDGED.read_text(encoding="utf-8").splitlines()
    queries = [str(json.loads(line)["query"]) for line in lines]
    random.Random(1).shuffle(queries)
    return queries


def index(documents: Sequence[dict[str, Any]], total: int) -> float:
    """Put `total` procedures into a new index; return documents per second, building included."""
    from search.documents import build_search_document
    from search.engines import Operation, current_engine

    copies = (
        document | {"code": f"8.{number:06d}"}
        for number, document in enumerate(islice(cycle(documents), total))
    )
    started = time.perf_counter()
    with current_engine().spare() as spare:
        while chunk := list(islice(copies, CHUNK)):
            spare.apply(
                [
                    Operation(document["code"], 1, build_search_document(document, sha256="0" * 64))
                    for document in chunk
                ]
            )
        spare.swap()
    return total / (time.perf_counter() - started)


def in_process(total: int, queries: Sequence[str]) -> dict[str, float]:
    """Time ours and the bare engine on the same index, print, and return the medians by way."""
    from search.selectors import search_procedures

    ways: dict[str, Answer] = {
        "ours": lambda query: search_procedures(query, size=PER_PAGE),
        "bare engine": bare_engine(),
    }
    spent = by_turns(ways, queries)
    for way, figure in spent.items():
        print(f"{total:>10}  {way:<24} {figure.median:11.2f} {figure.p95:9.2f}", flush=True)
    allowed = 1.3 * spent["bare engine"].p95 + 3
    print(f"{total:>10}  allowed: 1.3 × bare + 3 ms {allowed:19.2f}")
    return {way: figure.median for way, figure in spent.items()}


def bare_engine() -> Answer:
    """Return the shortest way to ask the engine itself, facets and shown fields included."""
    import tantivy

    from catalogue.text import fold
    from search.documents import FACETS
    from search.engines import current_engine

    index: tantivy.Index = current_engine()._index()._index  # type: ignore[attr-defined]
    wanted = {name: {"terms": {"field": name, "size": 500}} for name in FACETS}

    def ask(text: str) -> object:
        query, _ = index.parse_query_lenient(fold(text), ["name", "body"], {"name": 3.0})
        searcher = index.searcher()
        found = searcher.search(query, limit=PER_PAGE, count=True)
        shown = [json.loads(searcher.doc(address)["shown"][0]) for _, address in found.hits]
        return shown, searcher.aggregate(query, wanted)

    return ask


def by_turns(ways: dict[str, Answer], queries: Sequence[str]) -> dict[str, Spent]:
    """Ask every way each query, one after the other, in several rounds; the first warms up."""
    spent: dict[str, list[float]] = {way: [] for way in ways}
    for turn in range(ROUNDS + 1):
        for query in queries:
            for way, answer in ways.items():
                started = time.perf_counter()
                answer(query)
                if turn:
                    spent[way].append(1000 * (time.perf_counter() - started))
    return {way: summed(times) for way, times in spent.items()}


def summed(times: Sequence[float]) -> Spent:
    """Return the median and the 95th percentile of `times`."""
    return Spent(statistics.median(times), statistics.quantiles(times, n=20)[-1])


def over_http(total: int, url: str, folder: Path, queries: Sequence[str]) -> None:
    """Ask the running web server for answers, pages and suggestions, and print."""
    from urllib.parse import quote

    prefixes = [query[:length] for query in queries for length in (3, 6, 9)][:SUGGESTED]
    asked = {
        "API": [f"/api/v1/search?q={quote(query)}" for query in queries],
        "page": [f"/tim-kiem?q={quote(query)}" for query in queries],
        "suggestions": [f"/api/v1/suggestions?q={quote(prefix)}" for prefix in prefixes],
    }
    clients = (f"X-Forwarded-For: 203.0.113.{number}" for number in range(1, 255))
    with running_web(database_url=url, var_dir=folder, settings="portal.settings") as port:
        for way, paths in asked.items():
            measure(port, paths, 1.0, connections=CONNECTIONS, headers=[next(clients)])
            for connections in (1, CONNECTIONS):
                client = next(clients)
                figure = measure(port, paths, SECONDS, connections=connections, headers=[client])
                print(
                    f"{total:>10}  {way + f' over HTTP, {connections}':<24}"
                    f" {figure.median_ms:11.2f} {figure.p95_ms:9.2f}"
                    f" {figure.per_second:9.0f} per second",
                    flush=True,
                )


def beside_wagtail(queries: Sequence[str]) -> None:
    """Time ours and Wagtail's own search over the same imported pages, and print."""
    from django.core.management import call_command
    from wagtail.search.backends import get_search_backend

    from catalogue.models import Procedure
    from search.selectors import search_procedures
    from search.services import rebuild_index

    import_real()
    rebuild_index()
    call_command("wagtail_update_index", verbosity=0)
    some = queries[:40]
    pages = get_search_backend()
    ways: dict[str, Answer] = {
        "ours": lambda query: search_procedures(query, size=PER_PAGE),
        "bare engine": bare_engine(),
        "Wagtail's own": lambda query: list(pages.search(query, Procedure)[:PER_PAGE]),
    }
    total = Procedure.objects.count()
    for way, figure in by_turns(ways, some).items():
        print(f"{total:>10}  {way:<24} {figure.median:11.2f} {figure.p95:9.2f}", flush=True)


def import_real() -> None:
    """Import the real procedures where they are."""
    from catalogue import clock
    from catalogue.importing.rows import RowFile
    from catalogue.services.import_procedures import import_procedures
    from factories.real_records import CORPUS

    if CORPUS.exists():
        report = import_procedures(rows=RowFile(CORPUS), by=None, effective_from=clock.today())
        if report.refused:
            sys.exit(f"refused: {report.refused[:5]}")


if __name__ == "__main__":
    os.environ["TRUSTED_PROXIES"] = PROXIES
    main()
