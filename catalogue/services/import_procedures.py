"""Importing procedures: everything is checked before anything is written."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from operator import length_hint
from typing import Any

from django.utils.translation import gettext as _

from catalogue.importing.oddities import OddityCount, count_oddities
from catalogue.importing.rows import Row
from catalogue.importing.spool import Spool
from catalogue.models import Agency
from catalogue.ports import CompanionRefused
from catalogue.services.import_checks import Checker
from catalogue.services.imported_batch import CheckedRow, write_batch
from catalogue.write_lock import give_way, next_size

BATCH = 50
FIRST_BATCH = 5
# A file of which more lines are refused is not a list of procedures.
MAX_REFUSED = 10_000
SUPERSEDED = "draft: superseded"
REVIVED = "ended: in force again"

Progress = Callable[[str, int, int], None]


@dataclass
class ImportReport:
    """What an import did or, when dry or refused, would have done.

    `refused` are line, code and problem; `doubts` are code and doubt; `oddities` are by kind.
    """

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    refused: list[tuple[int, str, str]] = field(default_factory=list)
    doubts: list[tuple[str, str]] = field(default_factory=list)
    oddities: dict[str, OddityCount] = field(default_factory=dict)
    written: bool = False


def import_procedures(
    *,
    rows: Iterable[Row],
    by: Any,
    effective_from: date,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Bring the documents of `rows` into the catalogue, in force from `effective_from`.

    Everything is read and checked first: one bad row and nothing is written. Writing goes in
    small transactions and can be repeated: what is already there, unchanged, stays as it is. A row
    whose online form cannot be made shows only then: it is refused, and the others are written.
    `by` is None for the operator at the command line; `progress(phase, done, total)` is called as
    it goes. Raises `PermissionDenied` for a user without the right to import, `FileRefused` where
    the rows come from a file that cannot be read to its end.
    """
    report = ImportReport()
    tell: Progress = progress or (lambda phase, done, total: None)
    with Spool() as spool:
        waiting: dict[Agency, list[tuple[str, int]]] = {}
        for agency, checked in _checked(rows, report, by, effective_from, tell):
            if not (dry_run or report.refused):
                place = spool.add(asdict(checked))
                waiting.setdefault(agency, []).append((checked.number, place))
        if report.refused or dry_run:
            return report
        _write(spool, waiting, report, effective_from, by, tell)
    report.written = True
    return report


def _checked(
    rows: Iterable[Row], report: ImportReport, by: Any, effective_from: date, tell: Progress
) -> Iterator[tuple[Agency, CheckedRow]]:
    """Yield the rows to write with their agencies, and put all rows in the `report`."""
    checker = Checker(by=by, effective_from=effective_from)
    total = length_hint(rows)
    for done, row in enumerate(rows, 1):
        tell(_("checking"), done, max(total, done) if total else 0)
        verdict = checker.check(row)
        if verdict.problem or verdict.agency is None or row.read is None:
            report.refused.append((row.line, row.code, verdict.problem))
            if len(report.refused) >= MAX_REFUSED:
                return
            continue
        count_oddities(report.oddities, row.code, row.read.oddities)
        report.doubts += [(row.code, str(doubt)) for doubt in row.read.doubts]
        if verdict.supersedes_draft:
            report.doubts.append((row.code, SUPERSEDED))
        if verdict.revives:
            report.doubts.append((row.code, REVIVED))
        _listed(report, verdict.outcome).append(row.code)
        if verdict.checked:
            yield verdict.agency, verdict.checked


def _listed(report: ImportReport, outcome: str) -> list[str]:
    codes: list[str] = getattr(report, outcome)
    return codes


def _write(
    spool: Spool,
    waiting: Mapping[Agency, list[tuple[str, int]]],
    report: ImportReport,
    effective_from: date,
    by: Any,
    tell: Progress,
) -> None:
    """Write what waits, agency by agency and decision by decision, in batches of their time."""
    total = sum(map(len, waiting.values()))
    size, done = FIRST_BATCH, 0
    for agency, places in waiting.items():
        places.sort()
        start = 0
        while start < len(places):
            taken = places[start : start + size]
            rows = [CheckedRow(**spool.read(place)) for _number, place in taken]
            seconds = _write_rows(agency, rows, report, effective_from, by)
            give_way(seconds)
            start, done = start + len(taken), done + len(taken)
            size = next_size(len(taken), seconds, largest=BATCH)
            tell(_("writing"), done, total)


def _write_rows(
    agency: Agency, rows: Sequence[CheckedRow], report: ImportReport, effective_from: date, by: Any
) -> float:
    """Write a batch, without those of its rows whose form cannot be made; return its seconds."""
    try:
        return write_batch(agency=agency, rows=rows, effective_from=effective_from, by=by)
    except CompanionRefused as refusal:
        problems = refusal.problems
        if not any(row.code in problems for row in rows):
            raise
    refused = [row for row in rows if row.code in problems]
    report.refused += [(row.line, row.code, problems[row.code]) for row in refused]
    for listed in (report.created, report.updated):
        listed[:] = [code for code in listed if code not in problems]
    rest = [row for row in rows if row.code not in problems]
    return _write_rows(agency, rest, report, effective_from, by)
