"""Reading procedures by machine."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.errors import HttpError

from catalogue.selectors.procedures import (
    ProcedureNotFound,
    procedure_codes_in_force,
    resolve_procedure,
)

router = Router(tags=["procedures"])
PAGE = 100


class ProcedureList(Schema):
    """One page of codes; `next` is the cursor of the page that follows, null on the last."""

    items: list[str]
    next: str | None


@router.get("/procedures", response=ProcedureList, summary="Codes of the procedures in force")
def list_procedures(request: HttpRequest, cursor: str = "") -> dict[str, Any]:
    """Return up to 100 codes in force today that follow `cursor`."""
    codes = procedure_codes_in_force(cursor, PAGE + 1)
    return {"items": codes[:PAGE], "next": codes[PAGE - 1] if len(codes) > PAGE else None}


@router.get("/procedures/{code}", response=dict, summary="Canonical document of a procedure")
def get_procedure(request: HttpRequest, code: str, on: date | None = None) -> dict[str, Any]:
    """Return the canonical document of `code` in force on a day (today without one)."""
    try:
        resolved = resolve_procedure(code, on)
    except ProcedureNotFound:
        raise HttpError(404, f"There is no procedure {code}.") from None
    if resolved.standing.value != "in_force":
        raise HttpError(404, f"Procedure {code} is not in force on that day.")
    return resolved.document
