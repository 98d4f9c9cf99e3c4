"""Writing a batch of checked records: pages, versions, decisions and what is left for people."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from time import monotonic
from typing import Any

from django.db import transaction

from catalogue import clock
from catalogue.documents import page_values
from catalogue.enums import DecisionAction, DecisionState
from catalogue.importing.doubts import Doubt
from catalogue.models import Agency, DecisionItem, Field, Procedure, PublicationDecision
from catalogue.services.audit import record
from catalogue.services.decisions import take_effect
from catalogue.services.import_doubts import keep_doubts
from catalogue.services.legal_acts import keep_acts
from catalogue.services.procedure_pages import ROW_BY_ROW, save_pages
from catalogue.services.procedures import agency_page
from catalogue.services.raw_records import keep_raw_records
from catalogue.services.versions import new_versions

# The decision of records that tell none; stored, so it does not follow the reader's language.
NUMBER_UNKNOWN = "Không rõ số"


@dataclass(frozen=True)
class CheckedRow:
    """A row that may be written: what is to be kept of it, and what it was read from.

    Without a `document` the procedure stays as it is, and only the record and its doubts are
    kept. `sha256` is the hash of the version that it gives or has.
    """

    code: str
    sha256: str
    document: dict[str, Any] | None = None
    procedure_id: int | None = None
    raw: str = ""
    read_as: str = ""
    doubts: list[tuple[str, str, str]] = field(default_factory=list)
    line: int = 0

    @property
    def number(self) -> str:
        """The number of the decision that the row belongs to."""
        source = self.document["source"]["decision_number"] if self.document else None
        return source or NUMBER_UNKNOWN


def placed_doubts(
    doubts: Iterable[Doubt], document: Mapping[str, Any]
) -> list[tuple[str, str, str]]:
    """Return rule, place and text of each doubt; groups are named by their permanent keys."""
    groups = document["document_groups"]
    return [
        (
            doubt.rule,
            doubt.part if doubt.group is None else f"{doubt.part}/{groups[doubt.group]['key']}",
            doubt.text,
        )
        for doubt in doubts
    ]


def write_batch(
    *, agency: Agency, rows: Sequence[CheckedRow], effective_from: date, by: Any
) -> float:
    """Write `rows` of one `agency` in one transaction, in force from `effective_from`.

    Forms are compiled before the transaction, so that it is short. Returns its seconds. Raises
    `CompanionRefused` where a form cannot be made; then nothing is written.
    """
    changed = [row for row in rows if row.document is not None]
    pages = _pages(changed)
    items = [_item(row, pages[row.code], agency, effective_from) for row in changed]
    documents = {row.code: row.document for row in changed if row.document is not None}
    versions = new_versions(items, documents)
    began = monotonic()
    with transaction.atomic():
        if items:
            _fill_pages(pages, documents, agency)
            _keep_decisions(changed, items, agency, by)
            DecisionItem.objects.bulk_create(items)
            versions.store(batch_size=ROW_BY_ROW)
        procedures = {row.code: row.procedure_id or pages[row.code].pk for row in rows}
        keep_raw_records(
            (procedures[row.code], row.raw, row.read_as, row.sha256) for row in rows if row.raw
        )
        keep_doubts({procedures[row.code]: row.doubts for row in rows})
        if items:
            take_effect(DecisionItem.objects.filter(pk__in=[item.pk for item in items]))
    return monotonic() - began


def _pages(rows: Sequence[CheckedRow]) -> dict[str, Procedure]:
    """Return the page of each code, a new one where there is none; fields may be new too."""
    known = Procedure.objects.in_bulk([row.procedure_id for row in rows if row.procedure_id])
    names = {row.document["field"]["name"] for row in rows if row.document}
    fields = {stored.name: stored for stored in Field.objects.filter(name__in=names)}
    pages = {}
    for row in rows:
        page = known[row.procedure_id] if row.procedure_id else Procedure(live=False)
        page.code = row.code
        name = row.document["field"]["name"] if row.document else ""
        page.field = fields.setdefault(name, Field(name=name))
        pages[row.code] = page
    return pages


def _item(row: CheckedRow, page: Procedure, agency: Agency, effective_from: date) -> DecisionItem:
    return DecisionItem(
        decision=PublicationDecision(agency=agency),
        procedure=page,
        action=DecisionAction.AMEND if row.procedure_id else DecisionAction.ISSUE,
        effective_from=effective_from,
        sha256=row.sha256,
    )


def _fill_pages(
    pages: Mapping[str, Procedure], documents: Mapping[str, dict[str, Any]], agency: Agency
) -> None:
    bases = (basis for document in documents.values() for basis in document["legal_bases"])
    acts = keep_acts(bases, agency=agency)
    for code, page in pages.items():
        if page.field.pk is None:
            stored, _created = Field.objects.get_or_create(name=page.field.name)
            page.field.pk = stored.pk
        page.field = page.field
        for name, value in page_values(documents[code], acts).items():
            setattr(page, name, value)
    save_pages(parent=agency_page(agency), pages=list(pages.values()))


def _keep_decisions(
    rows: Sequence[CheckedRow], items: Sequence[DecisionItem], agency: Agency, by: Any
) -> None:
    """Give each item its decision: that of its number, or an amendment of the day.

    An amendment is made where the decision holds the procedure, is still being prepared, or was
    approved by people: nothing is added to what they signed (D63 art. 15).
    """
    standing = PublicationDecision.objects.standing().filter(agency=agency)
    numbers = {number for row in rows for number in (row.number, _amended(row.number, items))}
    decisions = {kept.number: kept for kept in standing.filter(number__in=numbers)}
    taken = set(
        DecisionItem.objects.filter(
            decision__in=decisions.values(), procedure__in=[item.procedure for item in items]
        ).values_list("decision", "procedure")
    )
    for row, item in zip(rows, items, strict=True):
        number = row.number
        kept = decisions.get(number)
        if kept and (_of_people(kept) or (kept.pk, item.procedure.pk) in taken):
            number = _amended(number, items)
        if number not in decisions:
            decisions[number] = _new_decision(agency, number, by)
        item.decision, item.procedure = decisions[number], item.procedure
        item.revision = item.procedure.latest_revision
    for number, codes in _codes_by_decision(items).items():
        note = f"{len(codes)}: {', '.join(codes)}"
        record(
            by=by, action="add_decision_item", target=decisions[number], agency=agency, note=note
        )


def _of_people(decision: PublicationDecision) -> bool:
    """Whether people prepare `decision`, or have approved it, so that imports leave it alone."""
    return decision.state != DecisionState.IN_FORCE or decision.approved_at is not None


def _codes_by_decision(items: Sequence[DecisionItem]) -> dict[str, list[str]]:
    codes: dict[str, list[str]] = {}
    for item in items:
        codes.setdefault(item.decision.number, []).append(item.procedure.code)
    return codes


def _amended(number: str, items: Sequence[DecisionItem]) -> str:
    return f"{number} ({items[0].effective_from:%d/%m/%Y})"


def _new_decision(agency: Agency, number: str, by: Any) -> PublicationDecision:
    decision = PublicationDecision.objects.create(
        agency=agency,
        number=number,
        state=DecisionState.IN_FORCE,
        created_by=by,
        entered_at=clock.now(),
    )
    record(by=by, action="import_decision", target=decision, agency=agency)
    return decision
