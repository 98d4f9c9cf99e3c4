"""Writing procedure pages from documents: imports and samples."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from time import monotonic
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from catalogue import clock
from catalogue.canonical import sha256_hex
from catalogue.documents import DocumentInvalid, page_values, validate_document
from catalogue.enums import DecisionAction, DecisionState, Level
from catalogue.importing.carried_keys import carry_keys
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
from catalogue.services.decisions import pin_text, store_version, take_effect
from catalogue.services.legal_acts import keep_acts
from catalogue.services.rights import sync_page_rights
from catalogue.text import fold, slugify_vi
from catalogue.write_lock import give_way

# Small enough that no write transaction holds SQLite for long.
BATCH = 10
# The decision of records that tell none; stored, so it does not follow the reader's language.
NUMBER_UNKNOWN = "Không rõ số"


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
    plan = list(_plan(rows, report, by, effective_from))
    if report.refused or dry_run:
        return report
    done = 0
    for (agency, number), group in _by_decision(plan).items():
        for start in range(0, len(group), BATCH):
            batch, began = group[start : start + BATCH], monotonic()
            _write_batch(agency, number, batch, effective_from, by)
            give_way(monotonic() - began)
            done += len(batch)
            if progress:
                progress(done, len(plan))
    report.written = True
    return report


@dataclass(frozen=True)
class _Planned:
    document: dict[str, Any]
    sha256: str
    agency: Agency
    procedure_id: int | None


@dataclass(frozen=True)
class _Known:
    """What is stored of a procedure: its page, the agency it lies under, its newest version."""

    procedure_id: int
    agency_id: int
    sha256: str = ""
    begins: date | None = None


def _plan(
    rows: Iterable[Row], report: ImportReport, by: Any, effective_from: date
) -> Iterator[_Planned]:
    agencies = {fold(agency.name): agency for agency in publishing_agencies()}
    field_codes = dict(Field.objects.values_list("name", "code"))
    known = _known_procedures()
    seen: set[str] = set()
    for row in rows:
        agency = agencies.get(fold(row.read.agency_name)) if row.read else None
        stored = known.get(row.code)
        problem = _problem(row, agency, stored, seen, by)
        if problem or row.read is None or agency is None:
            report.refused.append((row.line, row.code, problem))
            continue
        seen.add(row.code)
        document = _completed(row.read.document, agency, field_codes)
        if stored:
            document = carry_keys(document, _earlier_documents(row.code))
        sha256 = sha256_hex(document)
        unchanged = stored is not None and stored.sha256 == sha256
        problem = "" if unchanged else _problem_with(document, stored, effective_from)
        if problem:
            report.refused.append((row.line, row.code, problem))
            continue
        report.doubts += [(row.code, doubt) for doubt in row.read.doubts]
        if unchanged:
            report.unchanged.append(row.code)
            continue
        (report.updated if stored else report.created).append(row.code)
        yield _Planned(document, sha256, agency, stored.procedure_id if stored else None)


def _earlier_documents(code: str) -> list[dict[str, Any]]:
    versions = ProcedureVersion.objects.filter(code=code).order_by("number")
    return list(versions.values_list("document", flat=True))


def _known_procedures() -> dict[str, _Known]:
    agency_at = dict(AgencyPage.objects.values_list("path", "agency_id"))
    versions = {
        code: (sha256, begins)
        for code, sha256, begins in ProcedureVersion.objects.order_by("number").values_list(
            "code", "sha256", "valid_from"
        )
    }
    return {
        code: _Known(pk, agency_at[path[: -Page.steplen]], *versions.get(code, ()))
        for code, pk, path in Procedure.objects.values_list("code", "pk", "path")
    }


def _problem(
    row: Row, agency: Agency | None, stored: _Known | None, seen: set[str], by: Any
) -> str:
    if row.read is None:
        return row.problem
    if row.code in seen:
        return _("the code stands on an earlier line too")
    if agency is None:
        return _("unknown publishing agency “%s”: import the agencies first") % row.read.agency_name
    if by is not None:
        require(by, Permission.IMPORT_PROCEDURES, agency)
    if stored and stored.agency_id != agency.pk:
        return _("the procedure belongs to another agency")
    return ""


def _problem_with(document: dict[str, Any], stored: _Known | None, effective_from: date) -> str:
    if stored and stored.begins and stored.begins >= effective_from:
        return _(
            "it differs from the version of %(day)s, so it must take effect on a later day"
        ) % {"day": f"{stored.begins:%d/%m/%Y}"}
    try:
        validate_document(document)
    except DocumentInvalid as error:
        return "; ".join(f"{place}: {text}" for place, text in error.problems[:3])
    return ""


def _completed(
    document: dict[str, Any], agency: Agency, field_codes: Mapping[str, str | None]
) -> dict[str, Any]:
    """Return `document` with what the page takes from its agency and its field."""
    name = document["field"]["name"]
    return {
        **document,
        "field": {"code": field_codes.get(name), "name": name},
        "agencies": {
            **document["agencies"],
            "publishing": {"code": agency.code, "name": agency.name},
        },
    }


def publishing_agencies() -> QuerySet[Agency]:
    """Return the agencies that publish procedures: every one but the communes."""
    return Agency.objects.exclude(level=Level.COMMUNE)


def _by_decision(plan: Iterable[_Planned]) -> dict[tuple[Agency, str], list[_Planned]]:
    grouped: dict[tuple[Agency, str], list[_Planned]] = {}
    for planned in plan:
        number = planned.document["source"]["decision_number"] or NUMBER_UNKNOWN
        grouped.setdefault((planned.agency, number), []).append(planned)
    return grouped


@transaction.atomic
def _write_batch(
    agency: Agency, number: str, batch: Sequence[_Planned], effective_from: date, by: Any
) -> None:
    parent = agency_page(agency)
    acts = keep_acts((a for p in batch for a in p.document["legal_bases"]), agency=agency)
    pages = Procedure.objects.in_bulk([p.procedure_id for p in batch if p.procedure_id])
    items = []
    for planned in batch:
        page = pages.get(planned.procedure_id) if planned.procedure_id else None
        procedure = write_procedure(
            document=planned.document, parent=parent, procedure=page, acts=acts
        )
        item = DecisionItem(
            decision=_imported_decision(agency, number, procedure, effective_from, by),
            procedure=procedure,
            action=DecisionAction.AMEND if page else DecisionAction.ISSUE,
            effective_from=effective_from,
        )
        document = pin_text(item=item, agency=agency, valid_sha256=planned.sha256)
        store_version(item=item, document=document)
        items.append(item.pk)
    take_effect(DecisionItem.objects.filter(pk__in=items))


def _imported_decision(
    agency: Agency, number: str, procedure: Procedure, effective_from: date, by: Any
) -> PublicationDecision:
    """Return decision `number`, or its amendment of the day.

    An amendment is made where the decision holds the procedure or is still being prepared.
    """
    taken = PublicationDecision.objects.standing().filter(
        Q(items__procedure=procedure) | ~Q(state=DecisionState.IN_FORCE),
        agency=agency,
        number=number,
    )
    if taken.exists():
        number = f"{number} ({effective_from:%d/%m/%Y})"
    decision, created = PublicationDecision.objects.standing().get_or_create(
        agency=agency,
        number=number,
        defaults={
            "state": DecisionState.IN_FORCE,
            "created_by": by,
            "entered_at": clock.now(),
        },
    )
    if created:
        record(by=by, action="import_decision", target=decision, agency=agency)
    return decision


def write_procedure(
    *,
    document: dict[str, Any],
    parent: AgencyPage,
    procedure: Procedure | None,
    acts: Mapping[str, int] | None = None,
) -> Procedure:
    """Write `document` into a new or an existing page and save it as the latest revision.

    `acts` are the legal acts of a batch, kept before; without them those of the document are.
    """
    if acts is None:
        acts = keep_acts(document["legal_bases"], agency=parent.agency)
    field, _created = Field.objects.get_or_create(name=document["field"]["name"])
    page = procedure or Procedure(live=False)
    for name, value in {**page_values(document, acts), "field": field}.items():
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
        sync_page_rights(agency=agency)
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
