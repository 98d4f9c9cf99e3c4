"""Checking the rows of an import against what is stored, one after the other."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _
from wagtail.models import Page

from catalogue.canonical import sha256_hex
from catalogue.documents import DocumentInvalid, FileUnknown, validate_document
from catalogue.importing.carried_keys import carry_keys
from catalogue.importing.documents import refuse_unknown_files
from catalogue.importing.records import ReadRecord
from catalogue.importing.rows import Row
from catalogue.importing.silence import keep_unsaid
from catalogue.models import (
    Agency,
    AgencyPage,
    Field,
    ImportDoubt,
    Procedure,
    ProcedureVersion,
    RawRecord,
)
from catalogue.permissions import Permission, require
from catalogue.services.import_agencies import AgencyUnclear, KnownAgencies
from catalogue.services.import_doubts import as_kept
from catalogue.services.imported_batch import CheckedRow, placed_doubts
from catalogue.services.raw_records import raw_sha256

# What a decision's number holds, less the day of an amendment: " (31/12/2026)".
_LONGEST_NUMBER = 60 - 13


@dataclass
class Stored:
    """What is stored of a procedure: page and agency, last entered version, records."""

    procedure_id: int
    agency_id: int
    # Whether the page holds a draft that no version was made of.
    has_draft: bool = False
    sha256: str = ""
    begins: date | None = None
    ends: date | None = None
    # By the hash of a raw record: what it was read as, and the version that it became.
    readings: dict[str, tuple[str, str]] = field(default_factory=dict)
    doubts: set[tuple[str, str]] = field(default_factory=set)


@dataclass(frozen=True)
class Verdict:
    """What an import does with a row: refuses it, or `outcome`; writes `checked` if that is."""

    problem: str = ""
    agency: Agency | None = None
    outcome: str = "unchanged"
    checked: CheckedRow | None = None
    supersedes_draft: bool = False
    # Whether it brings a procedure that had ended back into force.
    revives: bool = False


class Checker:
    """Looks at each row once, with what is stored read once at the beginning."""

    def __init__(self, *, by: Any, effective_from: date) -> None:
        self.by = by
        self.effective_from = effective_from
        self.agencies = KnownAgencies(day=effective_from)
        self.field_codes = dict(Field.objects.values_list("name", "code"))
        self.stored = stored_procedures()
        self.seen: dict[str, int] = {}
        self.allowed: set[int] = set()

    def check(self, row: Row) -> Verdict:
        """Return what to do with `row`; raises `PermissionDenied` without the right to import."""
        if row.read is None:
            return Verdict(row.problem)
        if row.code in self.seen:
            return Verdict(_("the code stands on line %s too") % self.seen[row.code])
        try:
            agency = self.agencies.of(row.read)
        except AgencyUnclear as unclear:
            return Verdict(str(unclear))
        stored = self.stored.get(row.code)
        problem = self._problem(row.read, agency, stored)
        if problem:
            return Verdict(problem)
        self.seen[row.code] = row.line
        return self._compared(row, row.read, agency, stored)

    def _problem(self, read: ReadRecord, agency: Agency, stored: Stored | None) -> str:
        if self.by is not None and agency.pk not in self.allowed:
            require(self.by, Permission.IMPORT_PROCEDURES, agency)
            self.allowed.add(agency.pk)
        if stored and stored.agency_id != agency.pk:
            return _("the procedure belongs to another agency")
        if len(read.document["source"]["decision_number"] or "") > _LONGEST_NUMBER:
            return _("the decision number is longer than %s characters") % _LONGEST_NUMBER
        return ""

    def _compared(
        self, row: Row, read: ReadRecord, agency: Agency, stored: Stored | None
    ) -> Verdict:
        document = self._completed(read.document, agency)
        read_as = sha256_hex(document)
        if stored and _is_as_before(stored, row, read, read_as):
            return Verdict(agency=agency)
        if stored and not read.keys_kept:
            earlier = _earlier_documents(row.code)
            document = carry_keys(document, earlier)
            document = keep_unsaid(document, earlier[-1] if stored.begins else None)
        sha256 = sha256_hex(document)
        unchanged = stored is not None and stored.sha256 == sha256
        problem = "" if unchanged else self._problem_with(document, stored)
        if problem:
            return Verdict(problem)
        checked = CheckedRow(
            code=row.code,
            sha256=sha256,
            document=None if unchanged else document,
            procedure_id=stored.procedure_id if stored else None,
            raw=row.raw,
            read_as=read_as,
            doubts=placed_doubts(read.doubts, document),
            line=row.line,
        )
        outcome = "unchanged" if unchanged else "updated" if stored else "created"
        supersedes = stored is not None and stored.has_draft and not unchanged
        return Verdict(
            agency=agency,
            outcome=outcome,
            checked=checked,
            supersedes_draft=supersedes,
            revives=stored is not None and stored.ends is not None and not unchanged,
        )

    def _completed(self, document: dict[str, Any], agency: Agency) -> dict[str, Any]:
        """Return `document` with what the page takes from its agency and its field."""
        name = document["field"]["name"]
        return {
            **document,
            "field": {"code": self.field_codes.get(name), "name": name},
            "agencies": {
                **document["agencies"],
                "publishing": {"code": agency.code, "name": agency.name},
            },
        }

    def _problem_with(self, document: dict[str, Any], stored: Stored | None) -> str:
        if stored and stored.begins and stored.begins >= self.effective_from:
            return _(
                "it differs from the version of %(day)s, so it must take effect on a later day"
            ) % {"day": f"{stored.begins:%d/%m/%Y}"}
        if stored and stored.ends and stored.ends > self.effective_from:
            return _(
                "the version in force holds until %(day)s, so this one must take effect on that"
                " day or later"
            ) % {"day": f"{stored.ends:%d/%m/%Y}"}
        try:
            validate_document(document)
            refuse_unknown_files(document)
        except DocumentInvalid as error:
            return "; ".join(f"{place}: {text}" for place, text in error.problems[:3])
        except FileUnknown as error:
            return _("the blank form “%s” is not kept here: set its file to null") % error
        return ""


def _is_as_before(stored: Stored, row: Row, read: ReadRecord, read_as: str) -> bool:
    """Whether the record, what is read from it and what is stored of it are all the same."""
    known = stored.readings.get(raw_sha256(row.raw)) if row.raw else None
    if known != (read_as, stored.sha256):
        return False
    doubts = (as_kept((doubt.rule, "", doubt.text)) for doubt in read.doubts)
    return {(rule, text) for rule, _place, text in doubts} == stored.doubts


def _earlier_documents(code: str) -> list[dict[str, Any]]:
    """Return the documents of all versions, the last entered one last.

    Those not yet entered count too: their keys are given away.
    """
    entered_last = F("valid_from").asc(nulls_first=True)
    versions = ProcedureVersion.objects.filter(code=code).order_by(entered_last, "number")
    return list(versions.values_list("document", flat=True))


def stored_procedures() -> dict[str, Stored]:
    """Return what is stored of every procedure, by code; documents are not read for it."""
    agency_at = dict(AgencyPage.objects.values_list("path", "agency_id"))
    published = ProcedureVersion.objects.filter(revision=OuterRef("latest_revision"))
    pages = Procedure.objects.annotate(has_draft=~Exists(published))
    stored = {
        code: Stored(pk, agency_at[path[: -Page.steplen]], has_draft)
        for code, pk, path, has_draft in pages.values_list("code", "pk", "path", "has_draft")
    }
    by_pk = {one.procedure_id: one for one in stored.values()}
    versions = ProcedureVersion.objects.entered().order_by("valid_from")
    told = versions.values_list("procedure", "sha256", "valid_from", "valid_to")
    for pk, sha256, begins, ends in _in_turn(told):
        by_pk[pk].sha256, by_pk[pk].begins, by_pk[pk].ends = sha256, begins, ends
    records = RawRecord.objects.values_list("procedure", "sha256", "read_as", "became")
    for pk, raw, read_as, became in _in_turn(records):
        by_pk[pk].readings[raw] = (read_as, became)
    for pk, rule, text in _in_turn(ImportDoubt.objects.values_list("procedure", "rule", "text")):
        by_pk[pk].doubts.add((rule, text))
    return stored


def _in_turn(rows: Any) -> Iterable[Any]:
    listed: Iterable[Any] = rows.iterator(chunk_size=2_000)
    return listed
