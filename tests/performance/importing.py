"""Times the import of a file of procedures, and compiling a page of very many papers.

    python tests/performance/importing.py FILE

FILE may also be named by BENCH_IMPORT_FILE. Prints seconds and rates; without the file it says
so and leaves the import out.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PAPERS = (83, 500)
REPEATS = 5


def main(file: Path | None) -> None:
    """Prepare an empty database, then measure."""
    with tempfile.TemporaryDirectory(prefix="mc-bench-") as folder:
        prepare(Path(folder))
        for papers in PAPERS:
            print(f"compiling a page of {papers} papers: {compile_seconds(papers) * 1000:.0f} ms")
        if file is None or not file.exists():
            print(f"import: left out, {file or 'no file of JSON lines'} is not there")
            return
        for times in ("first", "repeated, unchanged"):
            began = time.process_time()
            procedures, seconds = import_seconds(file)
            worked = time.process_time() - began
            rate = procedures / seconds
            print(
                f"import, {times}: {procedures} rows in {seconds:.1f} s "
                f"({rate:.0f} rows/s, {worked:.1f} s of CPU)"
            )


def prepare(folder: Path) -> None:
    """Set Django up on a migrated database of its own and load the agencies."""
    from tools.databases import databases_at

    server = os.environ.get("TEST_DATABASE_URL", f"sqlite:///{folder / 'bench.sqlite3'}")
    os.environ["VAR_DIR"] = str(folder)
    os.environ["DATABASE_URL"] = databases_at(server, folder).clone(f"bench_{os.getpid()}")
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"

    import django

    django.setup()
    from catalogue.services.agencies import import_agencies

    import_agencies()


def compile_seconds(papers: int) -> float:
    """Return the median seconds of compiling a page whose only group holds `papers` papers."""
    from catalogue.documents import compile_document, page_values
    from catalogue.models import Agency, Field, Procedure
    from catalogue.services.legal_acts import keep_acts
    from factories.catalogue import make_full_document

    document: dict[str, Any] = make_full_document()
    group = document["document_groups"][0]
    paper = group["documents"][0]
    many = [paper | {"key": f"d{n}"} for n in range(papers)]
    document["document_groups"] = [group | {"documents": many}]
    agency = Agency.objects.order_by("path")[0]
    acts = keep_acts(document["legal_bases"], agency=agency)
    page = Procedure(**page_values(document, acts), field=Field(name="Chăn nuôi"))
    return statistics.median(timed(lambda: compile_document(page, agency)) for _ in range(REPEATS))


def import_seconds(file: Path) -> tuple[int, float]:
    """Return how many rows of `file` were taken and the seconds that it took."""
    from catalogue import clock
    from catalogue.importing.rows import RowFile
    from catalogue.services.import_procedures import ImportReport, import_procedures

    reports: list[ImportReport] = []
    seconds = timed(
        lambda: reports.append(
            import_procedures(rows=RowFile(file), by=None, effective_from=clock.today())
        )
    )
    report = reports[0]
    if report.refused:
        sys.exit(f"refused: {report.refused[:5]}")
    return len(report.created) + len(report.unchanged), seconds


def timed(work: Any) -> float:
    """Return the seconds that `work()` took."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "site"), str(ROOT / "tests")]
    given = sys.argv[1:] or [name for name in [os.environ.get("BENCH_IMPORT_FILE")] if name]
    main(Path(given[0]) if given else None)
