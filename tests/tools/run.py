"""Runs the stages of a make target, tells the seconds of each and sums up at the end.

A stage over its budget fails. In continuous integration nothing may be skipped or left out.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

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
    TARGET_BUDGETS,
    Stage,
    environment_of,
)

NO_TESTS = 5  # pytest's exit code
LONGEST = ("types", "architecture")  # as long as all the other checks together
LONG_RUNS = ROOT / "docs" / "operations" / "long-runs.md"
IN_CI = os.environ.get("CI", "").lower() in ("1", "true")


@dataclass(frozen=True)
class Outcome:
    """How a stage ended: seconds, what is wrong (empty when all is well), counted tests.

    `figures` are what its tests measured, by name.
    """

    stage: Stage
    seconds: float
    trouble: str
    counts: dict[str, int]
    figures: dict[str, str] = field(default_factory=dict)


def check() -> list[Outcome]:
    """Static checks and the tests of the architecture, two at a time."""
    return side_by_side(
        lambda: [run(stage) for stage in (*CHECKS, ARCHITECTURE) if stage.name in LONGEST],
        lambda: [run(stage) for stage in CHECKS if stage.name not in LONGEST],
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
        outcomes = [run(stage, url) for stage in LONG]
    with LONG_RUNS.open("a") as file:
        file.writelines(result_line(outcome) for outcome in outcomes)
    return outcomes


def bench() -> list[Outcome]:
    """Measurements; they print their medians."""
    with server() as url:
        return [run(stage, url) for stage in BENCH]


TARGETS: dict[str, Callable[[], list[Outcome]]] = {
    "check": check,
    "test": test,
    "long": long,
    "bench": bench,
}


def run(stage: Stage, server_url: str | None = None) -> Outcome:
    """Run one stage, print its output when it is over, and judge it."""
    missing = missing_for(stage, server_url)
    if missing:
        return Outcome(stage, 0.0, f"not run: {missing}; see make system-packages", {})
    print(f"… {stage.name}", flush=True)
    started = time.monotonic()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            stage.full_command,
            cwd=ROOT,
            env=environment_of(stage, server_url),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        trouble = trouble_of(process, stage.budget)
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
    return Outcome(stage, seconds, trouble, counts, figures(stage))


def result_line(outcome: Outcome) -> str:
    """Return the outcome as a row of the table in docs/operations/long-runs.md."""
    commit = subprocess.check_output(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, text=True
    ).strip()
    counts = ", ".join(f"{number} {name}" for name, number in outcome.counts.items())
    cells = (
        time.strftime("%Y-%m-%d"),
        commit,
        outcome.stage.name,
        f"{outcome.seconds:.0f}",
        counts or "-",
        ", ".join(f"{name} {value}" for name, value in outcome.figures.items()) or "-",
        outcome.trouble or "passed",
    )
    return f"| {' | '.join(cells)} |\n"


printing = threading.Lock()


def missing_for(stage: Stage, server_url: str | None) -> str:
    """Say what the machine lacks for `stage`; empty when nothing."""
    if stage.needs_postgres and not server_url:
        return "PostgreSQL is missing"
    return ", ".join(f"{name} is missing" for name in stage.programs if not shutil.which(name))


def trouble_of(process: "subprocess.Popen[bytes]", budget: int) -> str:
    """Wait for the process and say what is wrong with its end; empty when nothing."""
    try:
        code = process.wait(timeout=budget)
    except subprocess.TimeoutExpired:
        stop(process)
        return f"over its budget of {budget} s"
    if code == NO_TESTS:
        return "not run: no tests are marked for it"
    return f"failed with exit code {code}" if code else ""


def stop(process: "subprocess.Popen[bytes]") -> None:
    """Interrupt the process, so that it ends what it started; kill it after 30 s."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


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


def figures(stage: Stage) -> dict[str, str]:
    """Return what the tests of a pytest stage measured: the properties of its report."""
    if not stage.report or not stage.report.exists():
        return {}
    found = ElementTree.parse(stage.report).getroot().iterfind("testsuite/properties/property")
    return {each.attrib["name"]: each.attrib["value"] for each in found}


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


def summarise(outcomes: Sequence[Outcome], seconds: float, budget: int | None) -> int:
    """Print the table and the closing line; return the exit code."""
    print("\nstage          seconds  budget  result")
    for outcome in outcomes:
        stage = outcome.stage
        print(
            f"{stage.name:<14} {outcome.seconds:7.1f} {stage.budget:7d}  "
            f"{outcome.trouble or 'passed'}"
        )
    too_slow = budget is not None and seconds > budget
    print(f"{'all':<14} {seconds:7.1f} {budget or '':>7}  {'over its budget' if too_slow else ''}")
    troubled = [outcome for outcome in outcomes if outcome.trouble]
    not_run = [outcome for outcome in troubled if outcome.trouble.startswith("not run")]
    sums = {
        name: sum(outcome.counts.get(name, 0) for outcome in outcomes)
        for name in ("passed", "failed", "skipped")
    }
    if sums["passed"] or sums["failed"]:
        print("{passed} passed, {failed} failed, {skipped} skipped".format(**sums))
    failed = troubled if IN_CI else [each for each in troubled if each not in not_run]
    return 1 if failed or too_slow else 0


def main(target: str) -> int:
    """Run the stages of `target` and return the exit code."""
    REPORTS.mkdir(parents=True, exist_ok=True)
    for report in REPORTS.glob("*.xml"):
        report.unlink()
    started = time.monotonic()
    outcomes = TARGETS[target]()
    return summarise(outcomes, time.monotonic() - started, TARGET_BUDGETS.get(target))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
