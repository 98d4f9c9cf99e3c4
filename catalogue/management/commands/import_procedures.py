"""`manage.py import_procedures FILE`: bring exported records into the catalogue."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from catalogue import clock
from catalogue.importing.records import RecordInvalid, read_record
from catalogue.services.procedures import ImportReport, Row, import_procedures
from catalogue.strict_json import parse_json


class Command(BaseCommand):
    """Reads JSON lines, checks all of them, then writes all or nothing."""

    help = (
        "Import procedures from a file of JSON lines; all rows are checked before one is written."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file and the switches."""
        parser.add_argument("file", type=Path, help="JSON lines, one record of the portal each")
        parser.add_argument(
            "--dry-run", action="store_true", help="check and report, write nothing"
        )
        parser.add_argument("--report", type=Path, help="write the report to this file, as JSON")
        parser.add_argument(
            "--effective-from",
            type=date.fromisoformat,
            help="first day in force, YYYY-MM-DD (today)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the import and print what it did."""
        report = import_procedures(
            rows=read_rows(options["file"]),
            by=None,
            effective_from=options["effective_from"] or clock.today(),
            dry_run=options["dry_run"],
            progress=self._progress,
        )
        if options["report"]:
            options["report"].write_text(_as_json(report), encoding="utf-8")
        self._summary(report)
        if report.refused:
            raise CommandError("Nothing was written: mend the rows above and run it again.")

    def _progress(self, done: int, total: int) -> None:
        if done == total or done % 100 < 10:
            self.stdout.write(f"\r  {done}/{total}", ending="\n" if done == total else "")
            self.stdout.flush()

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


def read_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a JSON-lines file; a line that cannot be read carries its problem."""
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except FileNotFoundError:
        raise CommandError(f"{path} is not there.") from None
    except UnicodeDecodeError as error:
        raise CommandError(f"{path} is not UTF-8 (byte {error.start}): save it as UTF-8.") from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _read_row(number, line)


def _read_row(number: int, line: str) -> Row:
    try:
        record = parse_json(line)
    except json.JSONDecodeError as error:
        return Row(number, "?", None, f"not JSON: {error.msg} at character {error.pos}")
    except ValueError as error:
        return Row(number, "?", None, f"JSON that cannot be kept: {error}")
    if not isinstance(record, dict):
        return Row(number, "?", None, "not a JSON object")
    code = str(record.get("code") or "?")
    try:
        return Row(number, code, read_record(record))
    except RecordInvalid as error:
        return Row(number, code, None, str(error))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return Row(number, code, None, f"unexpected shape: {type(error).__name__} {error}")


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
    }
    return json.dumps(fields, ensure_ascii=False, indent=1)
