"""The history of one synonym or promoted answer, as people read it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import localize
from django.utils.translation import gettext_lazy as _

from catalogue.models import Agency
from search.models import EditorsChange, PromotedAnswer, Synonym

YES, NO = _("yes"), _("no")


@dataclass(frozen=True)
class FieldChange:
    """One field before and after; both are empty where there was nothing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class PastChange:
    """Who changed what, when."""

    at: datetime
    by: str
    is_first: bool
    fields: list[FieldChange]


def history_of(row: Synonym | PromotedAnswer) -> list[PastChange]:
    """Return the changes of `row`, the newest first."""
    changes = EditorsChange.objects.filter(kind=row._meta.model_name, object_id=row.pk)
    kept = list(changes.select_related("by"))
    agencies = _agency_names(kept)
    return [
        PastChange(
            at=change.at,
            by=str(change.by),
            is_first=change.before is None,
            fields=list(_fields(row, change, agencies)),
        )
        for change in kept
    ]


def _fields(
    row: Synonym | PromotedAnswer, change: EditorsChange, agencies: dict[int, str]
) -> Iterator[FieldChange]:
    before, after = change.before or {}, change.after
    for name, value in after.items():
        if before.get(name) != value:
            field = row._meta.get_field(name)
            label = str(getattr(field, "verbose_name", name))
            yield FieldChange(
                label, _words(field, before.get(name), agencies), _words(field, value, agencies)
            )


def _words(field: Any, value: Any, agencies: dict[int, str]) -> str:
    if value is None:
        return ""
    if field.name == "agency":
        return agencies.get(value, "")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return str(YES if value else NO)
    known = field.to_python(value)
    if isinstance(known, date):
        return f"{known:%d/%m/%Y}"
    return str(localize(known))


def _agency_names(changes: list[EditorsChange]) -> dict[int, str]:
    keys = {state["agency"] for c in changes for state in (c.before, c.after) if state}
    return dict(Agency.objects.filter(pk__in=keys).values_list("pk", "name"))
