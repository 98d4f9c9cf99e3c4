"""Pages of procedures: from memory, made anew, made for the first time; and in ten times as many.

    python tests/performance/pages.py

Each round measures every kind, so that all kinds meet the same neighbours, and the empty view of
the bare ceiling with them: on a busy machine the ratio to it says more than the figure.
"""

import io
import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from performance.load import Measurement, measure
from performance.processor import processor_ms
from tools.databases import databases_at
from tools.live_site import running_web

SETTINGS = "performance.pages_settings"
# Procedures in force in the nation, and ten times as many.
CORPORA = (2_832, 28_320)
ROUNDS = 3
SECONDS = 3.0
CONNECTIONS = 4
COMPRESSED = ("Accept-Encoding: gzip",)
# A parameter that the page does not know: such addresses are never kept.
ANEW = "?x=1"
FEW = 12
RESOLVED = 300


def main() -> None:
    """Measure in both corpora and print one line per kind."""
    with tempfile.TemporaryDirectory(prefix="mc-pages-") as name:
        folder = Path(name)
        url = prepare(folder)
        print("procedures  kind              answers/s  of empty  median ms    p95 ms")
        latencies = [measure_corpus(total, url, folder) for total in CORPORA]
    for kind in latencies[0]:
        ratio = latencies[1][kind] / latencies[0][kind]
        print(f"ten times as many procedures: {kind} takes {ratio:.2f} times as long")


def prepare(folder: Path) -> str:
    """Bring a database with the samples up to date, set Django up on it, return its address."""
    url = databases_at("sqlite", folder).clone("pages")
    os.environ |= {
        "VAR_DIR": str(folder),
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "portal.settings",
    }

    import django
    from django.core.management import call_command

    django.setup()
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("load_samples", stdout=io.StringIO())
    return url


def measure_corpus(total: int, url: str, folder: Path) -> dict[str, float]:
    """Measure with `total` procedures, print the figures, return the median milliseconds."""
    from catalogue import clock
    from catalogue.models import ProcedureVersion
    from performance.copied_corpus import copy_versions_until

    copy_versions_until(total)
    in_force = ProcedureVersion.objects.in_force_on(clock.today())
    codes = list(in_force.order_by("code").values_list("code", flat=True))
    # Chosen by chance, but by the same chance in each run.
    random.Random(total).shuffle(codes)
    resolve_ms = resolved_in_ms(codes[:RESOLVED])
    print(f"{total:>10}  resolve_procedure  {resolve_ms:31.2f}", flush=True)
    anew_ms = processor_ms([f"/thu-tuc/{code}{ANEW}" for code in codes[:FEW]])
    print(f"{total:>10}  made anew, processor {anew_ms:29.2f}", flush=True)
    with running_web(database_url=url, var_dir=folder, settings=SETTINGS) as port:
        figures = measured_by_turns(port, codes)
    for kind, figure in figures.items():
        share = figure.per_second / figures["empty view"].per_second
        print(
            f"{total:>10}  {kind:<16} {figure.per_second:10.0f} {share:9.2f}"
            f" {figure.median_ms:10.2f} {figure.p95_ms:9.2f}",
            flush=True,
        )
    medians = {kind: figure.median_ms for kind, figure in figures.items()}
    return {"resolving": resolve_ms, **medians}


def measured_by_turns(port: int, codes: list[str]) -> dict[str, Measurement]:
    """Return the median figures of each kind over some rounds."""
    pages = [f"/thu-tuc/{code}" for code in codes]
    few = pages[:FEW]
    # Each round takes pages of its own, so that none was made before.
    share = (len(pages) - FEW) // (ROUNDS + 1)
    fresh = [pages[FEW + turn * share : FEW + (turn + 1) * share] for turn in range(ROUNDS + 1)]
    rounds = [
        {
            "empty view": ask(port, ["/empty"]),
            "kept": ask(port, few),
            "made anew": ask(port, [page + ANEW for page in few]),
            "for the first time": ask(port, [page + ANEW for page in fresh[turn]]),
        }
        for turn in range(ROUNDS + 1)
    ]
    # The first warms up.
    return {kind: middle([turn[kind] for turn in rounds[1:]]) for kind in rounds[0]}


def ask(port: int, paths: list[str]) -> Measurement:
    """Ask for `paths` by turns, over few connections, as browsers do."""
    return measure(port, paths, SECONDS, connections=CONNECTIONS, headers=COMPRESSED)


def middle(figures: list[Measurement]) -> Measurement:
    """Return the median of each figure."""
    return Measurement(
        per_second=statistics.median(figure.per_second for figure in figures),
        median_ms=statistics.median(figure.median_ms for figure in figures),
        p95_ms=statistics.median(figure.p95_ms for figure in figures),
        p99_ms=statistics.median(figure.p99_ms for figure in figures),
    )


def resolved_in_ms(codes: list[str]) -> float:
    """Return the median milliseconds of resolving one of `codes`, once all were read before."""
    from catalogue.selectors.procedures import resolve_procedure

    seconds: list[float] = []
    for code in [*codes, *codes]:
        with timed(seconds):
            # Read when it is asked for.
            _ = resolve_procedure(code).document
    return 1000 * statistics.median(seconds[len(codes) :])


@contextmanager
def timed(seconds: list[float]) -> Iterator[None]:
    """Add the seconds that the block takes to `seconds`."""
    started = time.perf_counter()
    yield
    seconds.append(time.perf_counter() - started)


if __name__ == "__main__":
    main()
