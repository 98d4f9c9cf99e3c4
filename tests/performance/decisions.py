"""Times every step of a decision of very many procedures, on the database at hand.

    python tests/performance/decisions.py [PROCEDURES]

Prints the seconds of each step, how long its longest transaction was open, and what the job
takes that brings Wagtail's live state level.
"""

import logging
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PROCEDURES = 500
FIRST_CODE = 990_000


def main(procedures: int) -> None:
    """Prepare a ministry with very many procedures, then issue and amend all of them at once."""
    with tempfile.TemporaryDirectory(prefix="mc-bench-") as folder:
        prepare(Path(folder))
        from django.db import connection

        print(f"database: {connection.vendor}")
        bench = Bench(procedures)
        bench.write_pages()
        for name in ("issue", "amend"):
            bench.publish(name)
            bench.edit_pages()


def prepare(folder: Path) -> None:
    """Set Django up on a migrated database of its own."""
    from tools.databases import databases_at

    server = os.environ.get("TEST_DATABASE_URL", f"sqlite:///{folder / 'bench.sqlite3'}")
    os.environ["VAR_DIR"] = str(folder)
    os.environ["DATABASE_URL"] = databases_at(server, folder).clone(f"bench_{os.getpid()}")
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"

    import django

    django.setup()
    logging.disable(logging.INFO)


class Bench:
    """One ministry, its editor and its approver, and the procedures they publish."""

    def __init__(self, procedures: int) -> None:
        from catalogue import clock
        from catalogue.enums import Role
        from catalogue.services.rules import load_rules
        from factories.catalogue import make_member, make_ministry

        load_rules()
        self.procedures, self.day = procedures, clock.today() - timedelta(days=2)
        self.ministry = make_ministry()
        self.editor = make_member(Role.MINISTRY_EDITOR, self.ministry)
        self.approver = make_member(Role.MINISTRY_APPROVER, self.ministry)

    def write_pages(self) -> None:
        """Store the pages of the procedures."""
        from catalogue.services.procedures import agency_page, write_procedure
        from factories.catalogue import make_full_document

        parent = agency_page(self.ministry)
        for number in range(self.procedures):
            document = make_full_document(f"9.{FIRST_CODE + number}")
            write_procedure(document=document, parent=parent, procedure=None)

    def edit_pages(self) -> None:
        """Change the name of every procedure."""
        from catalogue.models import Procedure

        for page in Procedure.objects.all():
            page.name = f"{page.name} mới"
            page.save_revision(user=self.editor, clean=False)

    def publish(self, name: str) -> None:
        """Lead one decision with all procedures from draft to entered, and its pages live."""
        from catalogue.enums import DecisionStepKind
        from catalogue.models import Procedure
        from catalogue.services.decisions import add_items, enter_decision, prepare_decision
        from catalogue.services.live_pages import sync_live_pages

        decision = prepare_decision(
            number=f"{name}/QĐ",
            signed_on=self.day - timedelta(days=30),
            agency=self.ministry,
            by=self.editor,
        )
        steps: dict[str, Callable[[], Any]] = {
            "add all": lambda: add_items(
                decision=decision,
                procedures=list(Procedure.objects.all()),
                effective_from=self.day,
                by=self.editor,
            ),
            "submit": lambda: take_long_step(decision, DecisionStepKind.SUBMIT, self.editor),
            "approve": lambda: take_long_step(decision, DecisionStepKind.APPROVE, self.approver),
            "enter": lambda: enter_decision(decision=decision, by=self.approver),
            "live state": lambda: sync_live_pages(
                {"codes": [p.code for p in Procedure.objects.all()]}
            ),
        }
        for step, work in steps.items():
            with longest_transaction() as longest:
                seconds = timed(work)
            print(
                f"{name}, {step}: {self.procedures} procedures in {seconds:.2f} s, "
                f"longest transaction {max(longest, default=0) * 1000:.0f} ms"
            )
        self.day += timedelta(days=1)


def take_long_step(decision: Any, kind: Any, by: Any) -> None:
    """Send or approve `decision` as its screen does, and let a worker take the step."""
    from catalogue.models import DecisionStep
    from catalogue.services.decisions import take_step
    from catalogue.services.decisions.long_steps import go_on_with_step

    began = time.perf_counter()
    step = take_step(decision=decision, kind=kind, by=by)
    print(f"  the request: {time.perf_counter() - began:.2f} s")
    if step is not None:
        go_on_with_step({"step": step.pk, "language": "vi"})
        problems = DecisionStep.objects.get(pk=step.pk).problems
        if problems:
            raise SystemExit(f"refused: {problems[:3]}")


@contextmanager
def longest_transaction() -> Iterator[list[float]]:
    """Collect the seconds that each outermost transaction of the block lasted."""
    from django.db.transaction import Atomic

    seconds: list[float] = []
    enter, leave = Atomic.__enter__, Atomic.__exit__
    open_since: list[float] = []

    def timed_enter(self: Any) -> None:
        open_since.append(time.perf_counter())
        enter(self)

    def timed_leave(self: Any, *error: Any) -> None:
        leave(self, *error)
        began = open_since.pop()
        if not open_since:
            seconds.append(time.perf_counter() - began)

    Atomic.__enter__, Atomic.__exit__ = timed_enter, timed_leave  # type: ignore[method-assign]
    try:
        yield seconds
    finally:
        Atomic.__enter__, Atomic.__exit__ = enter, leave  # type: ignore[method-assign]


def timed(work: Any) -> float:
    """Return the seconds that `work()` took."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "site"), str(ROOT / "tests")]
    main(int(sys.argv[1]) if sys.argv[1:] else PROCEDURES)
