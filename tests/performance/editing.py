"""Times opening and saving the editing form of procedures with few and with very many papers.

    python tests/performance/editing.py

Runs on the database at hand. Prints the median milliseconds that the server takes, the queries
of a request and the size of the page; a request over a second ends the run with an error.
"""

import logging
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PAPERS = (10, 83, 120)
PAPERS_OF_A_GROUP = 10
ACTS = 20
REPEATS = 5
LIMIT = 1.0


def main() -> None:
    """Prepare a ministry and its editor, then open and save each procedure."""
    with tempfile.TemporaryDirectory(prefix="mc-bench-") as folder:
        prepare(Path(folder))
        from django.db import connection

        print(f"database: {connection.vendor}")
        print("papers  open ms  queries   kB gzip  save ms  queries  preview ms")
        slow = [papers for papers in PAPERS if measure(papers) > LIMIT]
    if slow:
        sys.exit(f"over {LIMIT:.0f} s: {slow}")


def prepare(folder: Path) -> None:
    """Set Django up on a migrated database of its own, with the middleware of production."""
    from tools.databases import databases_at

    server = os.environ.get("TEST_DATABASE_URL", f"sqlite:///{folder / 'bench.sqlite3'}")
    os.environ["VAR_DIR"] = str(folder)
    os.environ["DATABASE_URL"] = databases_at(server, folder).clone(f"bench_{os.getpid()}")
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"

    import django
    from django.core.management import call_command

    django.setup()
    call_command("collectstatic", interactive=False, verbosity=0)
    logging.disable(logging.WARNING)


def make_page(papers: int) -> Any:
    """Store a procedure of `papers` papers in groups of ten and of twenty legal bases."""
    from factories.catalogue import make_full_document, make_procedure

    document = make_full_document()
    group, basis = document["document_groups"][0], document["legal_bases"][0]
    paper = group["documents"][0]
    many = [paper | {"key": f"d{n}", "name": f"Giấy tờ số {n}"} for n in range(papers)]
    starts = range(0, papers, PAPERS_OF_A_GROUP)
    groups = [
        group | {"key": f"g{n}", "documents": many[n : n + PAPERS_OF_A_GROUP]} for n in starts
    ]
    bases = [basis | {"key": f"l{n}", "number": f"{n}/2026/NĐ-CP"} for n in range(ACTS)]
    return make_procedure(document_groups=groups, legal_bases=bases)


def measure(papers: int) -> float:
    """Print what a procedure of `papers` papers takes; return the seconds of the slowest step."""
    import gzip

    from django.test import Client

    from catalogue.enums import Role
    from catalogue.services.decisions import publishing_agency
    from factories.catalogue import make_member
    from factories.editing import form_of

    page = make_page(papers)
    client = Client(HTTP_HOST="localhost")
    client.force_login(make_member(Role.MINISTRY_EDITOR, publishing_agency(page)))
    address = f"/quan-tri/pages/{page.pk}/edit/"
    form = form_of(page)
    opened = timed(lambda: client.get(address), 200)
    saved = timed(lambda: client.post(address, form), 302)
    client.post(f"{address}preview/", form)
    shown = timed(lambda: client.get(f"{address}preview/"), 200)
    size = len(gzip.compress(client.get(address).content)) / 1000
    print(
        f"{papers:6} {opened.milliseconds:8.0f} {opened.queries:8} {size:9.1f}"
        f" {saved.milliseconds:8.0f} {saved.queries:8} {shown.milliseconds:11.0f}"
    )
    return max(opened.milliseconds, saved.milliseconds, shown.milliseconds) / 1000


class Timing:
    """The median milliseconds of a request and its queries."""

    def __init__(self, milliseconds: float, queries: int) -> None:
        self.milliseconds, self.queries = milliseconds, queries


def timed(request: Callable[[], Any], status: int) -> Timing:
    """Return what `request` takes, which must answer `status`; the first one warms up."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        answer = request()
        count = len(queries)
    if answer.status_code != status:
        sys.exit(f"answered {answer.status_code} instead of {status}")
    seconds = []
    for _repeat in range(REPEATS):
        started = time.perf_counter()
        request()
        seconds.append(time.perf_counter() - started)
    return Timing(statistics.median(seconds) * 1000, count)


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "site"), str(ROOT / "tests")]
    main()
