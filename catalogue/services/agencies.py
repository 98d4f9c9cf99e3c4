"""Bring the list of agencies into the database."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from catalogue import clock
from catalogue.agency_codes import AgencyCodeError, validate_agency_code
from catalogue.enums import AgencyKind, CodeStatus, Level
from catalogue.importing.units import UnitsInvalid, read_units
from catalogue.models import Agency
from catalogue.services.changes import announce
from catalogue.text import normalise, sort_key

AGENCIES_FILE = Path(__file__).resolve().parent.parent / "data" / "agencies.tsv"
COLUMNS = [
    "code",
    "code_status",
    "kind",
    "level",
    "parent",
    "place_code",
    "name",
    "name_en",
    "valid_from",
    "valid_to",
]
# An agency list names every body of these kinds, so one that it no longer names is gone.
LISTED_WHOLE = [
    AgencyKind.GOVERNMENT,
    AgencyKind.MINISTRY,
    AgencyKind.MINISTERIAL,
    AgencyKind.PEOPLES_COMMITTEE,
]
_STORED_FIELDS = [
    "code_status",
    "name",
    "name_en",
    "kind",
    "level",
    "parent_id",
    "place_code",
    "valid_from",
    "valid_to",
    "path",
    "sort_key",
]


class AgencyImportError(ValueError):
    """A list of agencies that cannot be stored; the message names the line and the reason."""


@dataclass(frozen=True)
class AgencyRow:
    """One agency as a list names it; `origin` says where, for messages."""

    origin: str
    code: str
    code_status: str
    kind: str
    level: str
    parent: str
    place_code: str
    name: str
    name_en: str
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True)
class AgencyImportResult:
    """How many agencies an import created, changed, ended and left as they were."""

    created: int
    changed: int
    ended: int
    unchanged: int


@transaction.atomic
def import_agencies(*, path: Path | None = None) -> AgencyImportResult:
    """Store the list of agencies in `path`, by default the one that the product ships.

    The file is tab-separated with the header `COLUMNS`, or the JSON list of administrative units
    that `read_units` describes. Importing it again changes nothing. A body of a kind that the
    list names whole, and that it no longer names, stays, ended today.
    Raises `AgencyImportError` and stores nothing when a row is wrong.
    """
    path = path or AGENCIES_FILE
    if path.suffix == ".json":
        rows, listed = _unit_rows(path), [AgencyKind.PEOPLES_COMMITTEE]
    else:
        rows, listed = read_agencies(path), LISTED_WHOLE
    created, changed = store_agencies(rows)
    ended = (
        Agency.objects.filter(kind__in=listed, valid_to__isnull=True)
        .exclude(code__in=[row.code for row in rows])
        .update(valid_to=clock.today())
    )
    if ended:
        announce(kind="agencies", keys=["import"])
    return AgencyImportResult(created, changed, ended, len(rows) - created - changed)


def _unit_rows(path: Path) -> list[AgencyRow]:
    try:
        return [agency_row(values, origin=origin) for origin, values in read_units(path)]
    except UnitsInvalid as error:
        raise AgencyImportError(str(error)) from error


def read_agencies(path: Path) -> list[AgencyRow]:
    """Return the rows of the tab-separated list of agencies in `path`, checked one by one.

    Raises `AgencyImportError` for a wrong header, an empty list or a wrong value.
    """
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        if reader.fieldnames != COLUMNS:
            raise AgencyImportError(
                f"{path.name}, line 1: the columns must be {', '.join(COLUMNS)}"
            )
        rows = [
            agency_row(values, origin=f"{path.name}, line {number}")
            for number, values in enumerate(reader, 2)
        ]
    if not rows:
        raise AgencyImportError(f"{path.name}: no agencies")
    return rows


def agency_row(values: dict[str, str], *, origin: str) -> AgencyRow:
    """Return `values` (keys `COLUMNS`, dates as YYYY-MM-DD or empty) as a checked row.

    A people's committee is given by the name of its place: `Tỉnh Điện Biên` becomes
    `Uỷ ban nhân dân tỉnh Điện Biên`. Raises `AgencyImportError`, naming `origin`.
    """
    if any(values.get(column) is None for column in COLUMNS) or len(values) != len(COLUMNS):
        raise AgencyImportError(f"{origin}: {len(COLUMNS)} columns expected")
    text = {column: normalise(values[column]) for column in COLUMNS}
    try:
        validate_agency_code(text["code"])
        kind, level = AgencyKind(text["kind"]), Level(text["level"])
        code_status = CodeStatus(text["code_status"])
        valid_from, valid_to = _day(text["valid_from"]), _day(text["valid_to"])
    except (AgencyCodeError, ValueError) as error:
        raise AgencyImportError(f"{origin}: {error}") from error
    if not text["name"]:
        raise AgencyImportError(f"{origin}: the name is missing")
    if valid_from and valid_to and valid_to <= valid_from:
        raise AgencyImportError(f"{origin}: {text['code']} ends before it begins")
    name, name_en = text["name"], text["name_en"]
    if kind == AgencyKind.PEOPLES_COMMITTEE:
        name, name_en = _committee_name(name), f"People's Committee of {name_en}"
    return AgencyRow(
        origin=origin,
        code=text["code"],
        code_status=code_status,
        kind=kind,
        level=level,
        parent=text["parent"],
        place_code=text["place_code"],
        name=name,
        name_en=name_en,
        valid_from=valid_from,
        valid_to=valid_to,
    )


@transaction.atomic
def store_agencies(rows: Iterable[AgencyRow]) -> tuple[int, int]:
    """Create or update the agencies of `rows` by code; return how many were created and changed.

    A parent may stand in `rows`, in any order, or in the database already. Raises
    `AgencyImportError` for a code that stands twice and for a parent that is unknown or circular.
    """
    waiting = _by_code(rows)
    stored = {agency.code: agency for agency in Agency.objects.select_for_update()}
    created = changed = 0
    while waiting:
        ready = [row for row in waiting.values() if row.parent not in waiting]
        if not ready:
            stuck = next(iter(waiting.values()))
            raise AgencyImportError(f"{stuck.origin}: {stuck.code} lies under itself")
        new, altered = _split(ready, stored)
        Agency.objects.bulk_create(new, batch_size=500)
        Agency.objects.bulk_update(altered, _STORED_FIELDS, batch_size=200)
        stored.update({agency.code: agency for agency in new})
        created, changed = created + len(new), changed + len(altered)
        for row in ready:
            del waiting[row.code]
    if created or changed:
        # Pages and lists that are kept name agencies; one change makes them anew.
        announce(kind="agencies", keys=["import"])
    return created, changed


def _by_code(rows: Iterable[AgencyRow]) -> dict[str, AgencyRow]:
    found: dict[str, AgencyRow] = {}
    for row in rows:
        if row.code in found:
            first = found[row.code].origin
            raise AgencyImportError(f"{row.origin}: the code {row.code} stands already in {first}")
        found[row.code] = row
    return found


def _split(rows: list[AgencyRow], stored: dict[str, Agency]) -> tuple[list[Agency], list[Agency]]:
    new: list[Agency] = []
    altered: list[Agency] = []
    for row in rows:
        agency = stored.get(row.code)
        values = _field_values(row, stored)
        if agency is None:
            new.append(Agency(code=row.code, **values))
        elif any(getattr(agency, field) != value for field, value in values.items()):
            for field, value in values.items():
                setattr(agency, field, value)
            altered.append(agency)
    return new, altered


def _field_values(row: AgencyRow, stored: dict[str, Agency]) -> dict[str, object]:
    parent = stored.get(row.parent)
    if row.parent and parent is None:
        raise AgencyImportError(f"{row.origin}: no agency has the code {row.parent}")
    return {
        "code_status": row.code_status,
        "name": row.name,
        "name_en": row.name_en,
        "kind": row.kind,
        "level": row.level,
        "parent_id": parent.pk if parent else None,
        "place_code": row.place_code,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "path": f"{parent.path if parent else '/'}{row.code}/",
        "sort_key": sort_key(row.name),
    }


def _committee_name(place: str) -> str:
    return f"Uỷ ban nhân dân {place[:1].lower()}{place[1:]}"


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
