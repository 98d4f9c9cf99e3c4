"""Writing procedure pages from documents: imports and samples."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from catalogue.canonical import sha256_hex
from catalogue.documents import DocumentInvalid, page_values, validate_document
from catalogue.enums import DecisionAction, DecisionState, Level
from catalogue.importing.records import ReadRecord
from catalogue.models import (
    Agency,
    AgencyPage,
    CatalogueHome,
    DecisionItem,
    Field,
    Procedure,
    ProcedureVersion,
    PublicationDecision,
)
from catalogue.permissions import Permission, require
from catalogue.services.audit import record
from catalogue.services.decisions import store_version, take_effect
from catalogue.services.rights import sync_rights
from catalogue.text import fold, slugify_vi

# Small enough that no write transaction holds SQLite for long.
BATCH = 10


@dataclass(frozen=True)
class Row:
    """One line of the imported file, read; `read` is None when it could not be."""

    line: int
    code: str
    read: ReadRecord | None
    problem: str = ""


@dataclass
class ImportReport:
    """What an import did or, when dry or refused, would have done."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    refused: list[tuple[int, str, str]] = field(default_factory=list)
    doubts: list[tuple[str, str]] = field(default_factory=list)
    written: bool = False


def import_procedures(
    *,
    rows: Iterable[Row],
    by: Any,
    effective_from: date,
    dry_run: bool = False,
    progress: Any = None,
) -> ImportReport:
    """Bring the documents of `rows` into the catalogue, in force from `effective_from`.

    Everything is read and checked first: one bad row and nothing is written. Writing goes in
    small transactions and can be repeated: what is already there, unchanged, stays as it is.
    `by` is None for the operator at the command line; `progress(done, total)` is called as it
    goes. Raises `PermissionDenied` for a user without the right to import.
    """
    report = ImportReport()
    plan = list(_plan(rows, report, by))
    if report.refused or dry_run:
        return report
    done = 0
    for (agency, number), group in _by_decision(plan).items():
        for start in range(0, len(group), BATCH):
            batch = group[start : start + BATCH]
            _write_batch(agency, number, batch, effective_from, by)
            done += len(batch)
            if progress:
                progress(done, len(plan))
    report.written = True
    return report


@dataclass(frozen=True)
class _Planned:
    document: dict[str, Any]
    agency: Agency
    procedure: Procedure | None


def _plan(rows: Iterable[Row], report: ImportReport, by: Any) -> Iterator[_Planned]:
    agencies = {fold(agency.name): agency for agency in publishing_agencies()}
    known = {page.code: page for page in Procedure.objects.all()}
    hashes = _latest_hashes()
    seen: set[str] = set()
    for row in rows:
        problem = _problem(row, agencies, seen, by)
        if problem or row.read is None:
            report.refused.append((row.line, row.code, problem or row.problem))
            continue
        seen.add(row.code)
        report.doubts += [(row.code, doubt) for doubt in row.read.doubts]
        agency = agencies[fold(row.read.agency_name)]
        document = _completed(row.read.document, agency)
        if hashes.get(row.code) == sha256_hex(document):
            report.unchanged.append(row.code)
            continue
        procedure = known.get(row.code)
        (report.updated if procedure else report.created).append(row.code)
        yield _Planned(document, agency, procedure)


def _problem(row: Row, agencies: Mapping[str, Agency], seen: set[str], by: Any) -> str:
    if row.read is None:
        return row.problem
    if row.code in seen:
        return _("the code stands on an earlier line too")
    agency = agencies.get(fold(row.read.agency_name))
    if agency is None:
        return _("unknown publishing agency “%s”: import the agencies first") % row.read.agency_name
    if by is not None:
        require(by, Permission.IMPORT_PROCEDURES, agency)
    try:
        validate_document(_completed(row.read.document, agency))
    except DocumentInvalid as error:
        return "; ".join(f"{place}: {text}" for place, text in error.problems[:3])
    return ""


def _completed(document: dict[str, Any], agency: Agency) -> dict[str, Any]:
    publishing = {"code": agency.code, "name": agency.name}
    return {**document, "agencies": {**document["agencies"], "publishing": publishing}}


def publishing_agencies() -> QuerySet[Agency]:
    """Return the agencies that publish procedures: every one but the communes."""
    return Agency.objects.exclude(level=Level.COMMUNE)


def _latest_hashes() -> dict[str, str]:
    """Return the hash of the newest version of every procedure, by code."""
    rows = ProcedureVersion.objects.order_by("number").values_list("code", "sha256")
    return dict(rows)


def _by_decision(plan: Iterable[_Planned]) -> dict[tuple[Agency, str], list[_Planned]]:
    grouped: dict[tuple[Agency, str], list[_Planned]] = {}
    for planned in plan:
        number = planned.document["source"]["decision_number"] or _("without number")
        grouped.setdefault((planned.agency, number), []).append(planned)
    return grouped


@transaction.atomic
def _write_batch(
    agency: Agency, number: str, batch: Iterable[_Planned], effective_from: date, by: Any
) -> None:
    parent = agency_page(agency)
    items = []
    for planned in batch:
        procedure = write_procedure(
            document=planned.document, parent=parent, procedure=planned.procedure
        )
        item = DecisionItem.objects.create(
            decision=_imported_decision(agency, number, procedure, effective_from, by),
            procedure=procedure,
            action=DecisionAction.AMEND if planned.procedure else DecisionAction.ISSUE,
            effective_from=effective_from,
        )
        store_version(item=item, agency=agency)
        items.append(item.pk)
    take_effect(DecisionItem.objects.filter(pk__in=items))


def _imported_decision(
    agency: Agency, number: str, procedure: Procedure, effective_from: date, by: Any
) -> PublicationDecision:
    """Return decision `number`, or its amendment of the day when it holds the procedure."""
    held = DecisionItem.objects.filter(
        decision__agency=agency, decision__number=number, procedure=procedure
    )
    if held.exists():
        number = f"{number} ({effective_from:%d/%m/%Y})"
    decision, created = PublicationDecision.objects.get_or_create(
        agency=agency, number=number, defaults={"state": DecisionState.IN_FORCE, "created_by": by}
    )
    if created:
        record(by=by, action="import_decision", target=decision, agency=agency)
    return decision


def write_procedure(
    *, document: dict[str, Any], parent: AgencyPage, procedure: Procedure | None
) -> Procedure:
    """Write `document` into a new or an existing page and save it as the latest revision."""
    field, _created = Field.objects.get_or_create(name=document["field"]["name"])
    page = procedure or Procedure(live=False)
    for name, value in {**page_values(document), "field": field}.items():
        setattr(page, name, value)
    if page.pk is None:
        parent.add_child(instance=page)
    else:
        page.save()
    page.save_revision(clean=False)
    return page


def agency_page(agency: Agency) -> AgencyPage:
    """Return the page under which the procedures of `agency` lie, made when it is missing."""
    page = AgencyPage.objects.filter(agency=agency).first()
    if page is None:
        page = AgencyPage(
            title=agency.name, slug=slugify_vi(f"{agency.code} {agency.name}"), agency=agency
        )
        catalogue_home().add_child(instance=page)
        sync_rights()
    return page


def catalogue_home() -> CatalogueHome:
    """Return the root page of the catalogue, made with its site when it is missing."""
    home = CatalogueHome.objects.first()
    if home is None:
        root = Page.objects.get(depth=1)
        home = CatalogueHome(title="Danh mục thủ tục hành chính", slug="danh-muc")
        root.add_child(instance=home)
        Site.objects.update_or_create(
            is_default_site=True,
            defaults={"hostname": "localhost", "root_page": home, "site_name": "Một Cửa"},
        )
    return home
