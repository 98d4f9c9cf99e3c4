"""The history of what editors of search write."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models

from catalogue.models import Agency
from catalogue.services.audit import record
from search.models import EditorsChange, PromotedAnswer, Synonym
from search.selectors.editors_version import forget_editors_version


def state_of(row: Synonym | PromotedAnswer) -> dict[str, Any]:
    """Return what an editor can change of a row, as JSON by the names of its fields."""
    fields = (field for field in row._meta.concrete_fields if field.editable)
    return {field.name: _json(field.value_from_object(row)) for field in fields if not _key(field)}


def keep_change(
    *, by: Any, row: Synonym | PromotedAnswer, before: dict[str, Any] | None, agency: Agency
) -> EditorsChange:
    """Keep who changed `row` and what it was before, and record it in the audit trail.

    Runs in the caller's transaction. Every process searches with the change within seconds.
    """
    after, kind = state_of(row), kind_of(row)
    change = EditorsChange.objects.create(
        kind=kind, object_id=row.pk, by=by, before=before, after=after
    )
    record(
        by=by,
        action=f"{kind}.stored",
        target=row,
        agency=agency,
        before=before,
        after=after,
        note=str(row),
    )
    forget_editors_version()
    return change


def kind_of(row: Synonym | PromotedAnswer) -> str:
    """Return under which name changes of such rows are kept."""
    return str(row._meta.model_name)


def _key(field: models.Field[Any, Any]) -> bool:
    return field.primary_key


def _json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value
