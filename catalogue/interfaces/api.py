"""Reading procedures by machine."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from ninja import Query, Router, Schema
from ninja.errors import HttpError, ValidationError
from pydantic import AwareDatetime, Field

from catalogue import clock
from catalogue.canonical import canonical_bytes
from catalogue.enums import Audience, Level
from catalogue.interfaces.api_schemas import (
    AgencyList,
    ChangePage,
    FieldList,
    Misreadings,
    Problem,
    ProcedurePage,
    VersionList,
)
from catalogue.interfaces.conditional import with_etag
from catalogue.models import Agency, ProcedureVersion
from catalogue.models import Field as FieldOfLaw
from catalogue.selectors.change_feed import ToldChange, changes_told_after
from catalogue.selectors.listing import Narrowing, listing
from catalogue.selectors.procedures import ProcedureNotFound, Standing, resolve_procedure
from catalogue.selectors.published import entered_versions, published_after

router = Router(tags=["procedures"])
PAGE = 100
MOST = 500
LARGEST_SEQUENCE = 2**63 - 1


class Asked(Schema):
    """By what a list of procedures is narrowed; `agency` and `field` as their own lists say."""

    cursor: str = Field("", max_length=60, description="`next` of the page before.")
    limit: int = Field(PAGE, ge=1, le=MOST)
    agency: str = Field("", max_length=35, description="Code of the publishing agency.")
    field: str = Field("", max_length=20, description="`id` of the field.")
    level: Level | None = None
    audience: Audience | None = None
    updated_since: AwareDatetime | date | None = Field(
        None, description="Only what was approved, entered or came into force from then on."
    )
    on: date | None = Field(None, description="Day on which they are in force, today without one.")


@router.get(
    "/procedures",
    response={200: ProcedurePage, 422: Misreadings},
    summary="Procedures in force",
    url_name="procedures",
)
def list_procedures(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """Return a page of the procedures in force that follow `cursor`, in order of code."""
    limit = asked.limit
    found = published_after(
        asked.cursor,
        limit + 1,
        _narrowing(asked),
        on=asked.on or clock.today(),
        since=_moment(asked.updated_since),
    )
    items = [_item(version) for version in found[:limit]]
    return {"items": items, "next": items[-1]["code"] if len(found) > limit else None}


@router.get(
    "/procedures/{code}",
    response={200: dict, 404: Problem, 422: Misreadings},
    summary="Canonical document of a procedure",
    url_name="procedure",
)
def get_procedure(request: HttpRequest, code: str, on: date | None = None) -> HttpResponse:
    """Return the canonical document of `code` in force on a day (today without one).

    The body is RFC 8785 JSON; the ETag is its SHA-256, which the version keeps.
    """
    try:
        resolved = resolve_procedure(code, on)
    except ProcedureNotFound:
        raise HttpError(404, f"There is no procedure {code}.") from None
    if resolved.standing is not Standing.IN_FORCE:
        raise HttpError(404, f"Procedure {code} is not in force on that day.")
    return with_etag(request, canonical_bytes(resolved.document), "application/json")


@router.get(
    "/procedures/{code}/versions",
    response={200: VersionList, 404: Problem},
    summary="Versions of a procedure",
    url_name="procedure_versions",
)
def list_versions(request: HttpRequest, code: str) -> dict[str, Any]:
    """Return the entered versions of `code` with their days and decisions, the oldest first."""
    versions = entered_versions(code)
    items = [_version(version) for version in versions]
    if not items:
        raise HttpError(404, f"There is no procedure {code}.")
    return {"code": code, "items": items}


@router.get("/agencies", response=AgencyList, summary="Publishing agencies", url_name="agencies")
def list_agencies(request: HttpRequest) -> dict[str, Any]:
    """Return the agencies that have procedures in force today, by name."""
    listed = listing()
    counts = listed.counts("agency", Narrowing())
    parents = Agency.objects.in_bulk({one.parent_id for one in listed.agencies.values()} - {None})
    agencies = sorted(listed.agencies.values(), key=lambda agency: agency.sort_key)
    return {"items": [_agency(agency, parents, counts[agency.pk]) for agency in agencies]}


@router.get("/fields", response=FieldList, summary="Fields", url_name="fields")
def list_fields(request: HttpRequest) -> dict[str, Any]:
    """Return the fields that have procedures in force today, by name."""
    listed = listing()
    counts = listed.counts("field", Narrowing())
    fields = sorted(listed.fields.values(), key=lambda field: field.sort_key)
    return {"items": [_field(field, counts[field.pk]) for field in fields]}


@router.get(
    "/changes",
    response={200: ChangePage, 422: Misreadings},
    summary="Changes of the catalogue",
    url_name="changes",
)
def list_changes(
    request: HttpRequest,
    after: int = Query(0, ge=0, le=LARGEST_SEQUENCE),
    limit: int = Query(PAGE, ge=1, le=MOST),
) -> dict[str, Any]:
    """Return the changes that follow the sequence `after`, so that a mirror misses none."""
    told = changes_told_after(after, limit)
    return {
        "items": [_change(change) for change in told],
        "next": told[-1].sequence if told else after,
    }


def _narrowing(asked: Asked) -> Narrowing:
    """Return by what to narrow; raises `ValidationError` for an agency or field without any."""
    named = Narrowing(level=asked.level or "", audience=asked.audience or "")
    if not asked.agency and not asked.field:
        return named
    listed = listing(on=asked.on)
    agencies = {agency.code: pk for pk, agency in listed.agencies.items()}
    fields = {field.address_key: pk for pk, field in listed.fields.items()}
    return replace(
        named,
        agency=_known("agency", asked.agency, agencies),
        field=_known("field", asked.field, fields),
    )


def _known(name: str, value: str, known: dict[str, int]) -> int | None:
    if value and value not in known:
        raise _misread(name, "No procedure in force on that day has this value.")
    return known.get(value)


def _moment(since: datetime | date | None) -> datetime | None:
    """Return an aware moment; a day begins at midnight in Vietnam."""
    try:
        if since is not None and not isinstance(since, datetime):
            since = datetime.combine(since, time(), clock.LOCAL_TZ)
        # Databases compare in UTC, where the first day of the calendar does not exist.
        return clock.local(since).astimezone(UTC) if since else None
    except OverflowError:
        raise _misread("updated_since", "This moment lies outside of the calendar.") from None


def _misread(name: str, message: str) -> ValidationError:
    return ValidationError([{"type": "value_error", "loc": ["query", name], "msg": message}])


def _item(version: ProcedureVersion) -> dict[str, Any]:
    return {
        "code": version.code,
        "name": version.name,
        "levels": _between_bars(version.levels),
        "audiences": _between_bars(version.audiences),
        "agency": {"code": version.agency.code, "name": version.agency.name},
        "field": {"code": version.field.code, "name": version.field.name},
        "version": version.number,
        "valid_from": version.valid_from,
        "valid_to": version.valid_to,
        "sha256": version.sha256,
        "url": _page("procedure", version.code),
    }


def _version(version: ProcedureVersion) -> dict[str, Any]:
    decision = version.decision_item.decision
    return {
        "version": version.number,
        "name": version.name,
        "valid_from": version.valid_from,
        "valid_to": version.valid_to,
        "decision": decision.number,
        "signed_on": decision.signed_on,
        "action": version.decision_item.action,
        "sha256": version.sha256,
    }


def _agency(agency: Agency, parents: dict[int, Agency], procedures: int) -> dict[str, Any]:
    above = parents.get(agency.parent_id) if agency.parent_id else None
    return {
        "code": agency.code,
        "name": agency.name,
        "name_en": agency.name_en,
        "kind": agency.kind,
        "level": agency.level,
        "parent": above.code if above else None,
        "procedures": procedures,
        "url": _page("agency", agency.code),
    }


def _field(field: FieldOfLaw, procedures: int) -> dict[str, Any]:
    return {
        "id": field.address_key,
        "code": field.code,
        "name": field.name,
        "procedures": procedures,
        "url": _page("field", field.address_key),
    }


def _change(change: ToldChange) -> dict[str, Any]:
    act = change.act
    return {
        "sequence": change.sequence,
        "kind": change.kind,
        "code": change.code,
        "at": clock.local(change.at),
        "version": act.number if act else None,
        "action": act.action if act else None,
        "valid_from": act.valid_from if act else None,
    }


def _between_bars(values: str) -> list[str]:
    return [value for value in values.split("|") if value]


def _page(name: str, key: str) -> str:
    """Return the address of a Vietnamese page, whatever language the request is in."""
    with translation.override(settings.LANGUAGE_CODE):
        return f"{settings.PUBLIC_URL}{reverse(f'catalogue:{name}', args=[key])}"
