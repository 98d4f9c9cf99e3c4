"""Runs the stages of a make target, tells the seconds of each and sums up at the end.

A stage over its budget fails. In continuous integration nothing may be skipped or left out.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from tools.postgres import PostgresMissing, temporary_server
from tools.stages import (
    ARCHITECTURE,
    BENCH,
    BROWSER,
    CHECKS,
    INTEGRATION,
    LONG,
    REPORTS,
    ROOT,
    SQLITE,
    Stage,
    environment_of,
)

IN_CI = os.environ.get("CI", "").lower() in ("1", "true")


@dataclass(frozen=True)
class Outcome:
    """How a stage ended: seconds, what is wrong (empty when all is well), counted tests."""

    stage: Stage
    seconds: float
    trouble: str
    counts: dict[str, int]


def check() -> list[Outcome]:
    """Static checks and the tests of the architecture, two at a time."""
    return side_by_side(
        lambda: [run(stage) for stage in CHECKS if stage.name == "types"],
        lambda: [run(stage) for stage in (*CHECKS, ARCHITECTURE) if stage.name != "types"],
    )


def test() -> list[Outcome]:
    """Static checks beside the integration tests, then SQLite, then a real browser."""
    with server() as url:
        outcomes = side_by_side(
            lambda: [run(stage) for stage in CHECKS], lambda: [run(INTEGRATION, url)]
        )
        outcomes.append(run(SQLITE))
        outcomes.append(run(BROWSER, url))
    return outcomes


def long() -> list[Outcome]:
    """Tests that take minutes each, on both databases."""
    with server() as url:
        return [run(stage, url) for stage in LONG]


def bench() -> list[Outcome]:
    """Measurements; they print their medians."""
    with server() as url:
        return [run(BENCH, url)]


TARGETS: dict[str, Callable[[], list[Outcome]]] = {
    "check": check,
    "test": test,
    "long": long,
    "bench": bench,
}


def run(stage: Stage, server_url: str | None = None) -> Outcome:
    """Run one stage, print its output when it is over, and judge it."""
    started = time.monotonic()
    if stage.needs_postgres and not server_url:
        return Outcome(stage, 0.0, "not run: PostgreSQL is missing", {})
    print(f"… {stage.name}", flush=True)
    with tempfile.TemporaryFile() as output:
        try:
            code = subprocess.run(
                stage.full_command,
                cwd=ROOT,
                env=environment_of(stage, server_url),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                timeout=stage.budget,
            ).returncode
            trouble = f"failed with exit code {code}" if code else ""
        except subprocess.TimeoutExpired:
            trouble = f"over its budget of {stage.budget} s"
        seconds = time.monotonic() - started
        output.seek(0)
        text = output.read().decode(errors="replace").strip()
    counts = counted(stage)
    if IN_CI and counts.get("skipped"):
        trouble = trouble or f"{counts['skipped']} tests were skipped"
    with printing:
        print(f"── {stage.name} ({seconds:.1f} s) {'FAILED: ' + trouble if trouble else 'passed'}")
        if text:
            print(text)
        sys.stdout.flush()
    return Outcome(stage, seconds, trouble, counts)


printing = threading.Lock()


def counted(stage: Stage) -> dict[str, int]:
    """Return how many tests of a pytest stage passed, failed and were skipped."""
    if not stage.report or not stage.report.exists():
        return {}
    suite = ElementTree.parse(stage.report).getroot()[0]
    total, failed, skipped = (
        sum(int(suite.attrib[name]) for name in names)
        for names in (("tests",), ("failures", "errors"), ("skipped",))
    )
    return {"passed": total - failed - skipped, "failed": failed, "skipped": skipped}


def side_by_side(*parts: Callable[[], list[Outcome]]) -> list[Outcome]:
    """Run the parts in threads of their own and return all their outcomes."""
    outcomes: list[Outcome] = []
    threads = [threading.Thread(target=lambda part=part: outcomes.extend(part())) for part in parts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@contextmanager
def server() -> Iterator[str | None]:
    """Yield the address of a PostgreSQL server: the one named, else a temporary one."""
    named = os.environ.get("TEST_DATABASE_URL") or os.environ.get("DATABASE_URL")
    if named and named.startswith("postgres"):
        yield named
        return
    try:
        with temporary_server() as url:
            yield url
    except PostgresMissing as missing:
        print(f"not run on PostgreSQL: {missing}", file=sys.stderr)
        yield None


def summarise(outcomes: Sequence[Outcome], seconds: float) -> int:
    """Print the table and the closing line; return the exit code."""
    print("\nstage          seconds  budget  result")
    for outcome in outcomes:
        stage = outcome.stage
        print(
            f"{stage.name:<14} {outcome.seconds:7.1f} {stage.budget:7d}  "
            f"{outcome.trouble or 'passed'}"
        )
    print(f"{'all':<14} {seconds:7.1f}")
    troubled = [outcome for outcome in outcomes if outcome.trouble]
    not_run = [outcome for outcome in troubled if outcome.trouble.startswith("not run")]
    sums = {
        name: sum(outcome.counts.get(name, 0) for outcome in outcomes)
        for name in ("passed", "failed", "skipped")
    }
    if sums["passed"] or sums["failed"]:
        print("{passed} passed, {failed} failed, {skipped} skipped".format(**sums))
    return 1 if (troubled if IN_CI else len(troubled) > len(not_run)) else 0


def main(target: str) -> int:
    """Run the stages of `target` and return the exit code."""
    REPORTS.mkdir(parents=True, exist_ok=True)
    for report in REPORTS.glob("*.xml"):
        report.unlink()
    started = time.monotonic()
    return summarise(TARGETS[target](), time.monotonic() - started)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
