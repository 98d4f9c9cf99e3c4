"""`manage.py import_procedures FILE`: bring exported records into the catalogue."""

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from catalogue import clock
from catalogue.importing.files import FileRefused
from catalogue.importing.oddities import ODDITIES
from catalogue.importing.progress import Progress
from catalogue.importing.rows import RowFile
from catalogue.services.import_procedures import ImportReport, import_procedures


class Command(BaseCommand):
    """Checks all records or canonical documents, then writes them in batches.

    One refused record, and nothing is written. A run that is broken off while it writes keeps the
    batches it wrote; run again, it writes the rest.
    """

    help = (
        "Import procedures from a file of JSON lines, or of canonical documents; all rows are "
        "checked before one is written."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file and the switches."""
        parser.add_argument(
            "file", type=Path, help="JSON lines, or one JSON array or object of documents"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="check and report, write nothing"
        )
        parser.add_argument("--report", type=Path, help="write the report to this file, as JSON")
        parser.add_argument("--only", default="", metavar="CODE", help="import this procedure only")
        parser.add_argument(
            "--effective-from",
            type=date.fromisoformat,
            help="first day in force, YYYY-MM-DD (today)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the import and print what it did."""
        try:
            report = import_procedures(
                rows=RowFile(options["file"], options["only"]),
                by=None,
                effective_from=options["effective_from"] or clock.today(),
                dry_run=options["dry_run"],
                progress=Progress(self._write_now, on_screen=self.stdout.isatty()),
            )
        except FileRefused as error:
            raise CommandError(f"{error} Nothing was written.") from None
        if options["report"]:
            options["report"].write_text(_as_json(report), encoding="utf-8")
        self._oddities(report)
        self._summary(report)
        if report.refused and report.written:
            raise CommandError("The rows above were not written, all others were.")
        if report.refused:
            raise CommandError("Nothing was written: mend the rows above and run it again.")

    def _write_now(self, text: str) -> None:
        self.stdout.write(text, ending="")
        self.stdout.flush()

    def _oddities(self, report: ImportReport) -> None:
        for oddity in ODDITIES:
            counted = report.oddities.get(oddity.kind)
            if counted:
                examples = ", ".join(f"{code}{place}" for code, place in counted.examples[:2])
                self.stdout.write(
                    f"{counted.count:>7} {counted.procedures:>6}  {oddity.words} ({examples})"
                )

    def _summary(self, report: ImportReport) -> None:
        for line, code, problem in report.refused[:20]:
            self.stderr.write(f"line {line} ({code}): {problem}")
        if len(report.refused) > 20:
            self.stderr.write(f"… and {len(report.refused) - 20} more; --report FILE has them all")
        self.stdout.write(
            f"new {len(report.created)}, changed {len(report.updated)}, "
            f"unchanged {len(report.unchanged)}, refused {len(report.refused)}, "
            f"for an editor to look at {len({code for code, _doubt in report.doubts})}"
        )


def _as_json(report: ImportReport) -> str:
    fields = {
        "written": report.written,
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "refused": [
            {"line": line, "code": code, "problem": problem}
            for line, code, problem in report.refused
        ],
        "doubts": [{"code": code, "doubt": doubt} for code, doubt in report.doubts],
        "oddities": [
            {
                "kind": oddity.kind,
                "words": str(oddity.words),
                "count": report.oddities[oddity.kind].count,
                "procedures": report.oddities[oddity.kind].procedures,
                "examples": [
                    {"code": code, "place": place}
                    for code, place in report.oddities[oddity.kind].examples
                ],
            }
            for oddity in ODDITIES
            if oddity.kind in report.oddities
        ],
    }
    return json.dumps(fields, ensure_ascii=False, indent=1)
