"""The outbox as a public feed: each change with the act that it tells of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from django.db.models import Prefetch, Q

from catalogue.enums import DecisionAction
from catalogue.models import Change, DecisionItem, ProcedureVersion

PROCEDURE_VERSION = "procedure_version"


@dataclass(frozen=True)
class Act:
    """What a decision did to a procedure."""

    code: str
    name: str
    agency: str
    action: DecisionAction
    decision: str
    number: int | None
    valid_from: date
    entered_at: datetime


@dataclass(frozen=True)
class ToldChange:
    """A change, and the last act on its procedure that was entered when it was announced."""

    sequence: int
    kind: str
    code: str
    at: datetime
    act: Act | None


def changes_told_after(sequence: int, limit: int) -> list[ToldChange]:
    """Return up to `limit` changes that follow `sequence`, in order and without gaps."""
    return _told(Change.objects.filter(sequence__gt=sequence).order_by("sequence")[:limit])


def newest_changes(
    limit: int, *, agency: int | None = None, field: int | None = None
) -> list[ToldChange]:
    """Return the newest changes of procedures, of an agency or a field (primary keys)."""
    changes = Change.objects.filter(kind=PROCEDURE_VERSION)
    if agency is not None or field is not None:
        of = ProcedureVersion.objects.entered()
        of = of.filter(agency=agency) if agency is not None else of
        of = of.filter(field=field) if field is not None else of
        changes = changes.filter(key__in=of.values("code"))
    return _told(changes.order_by("-sequence")[:limit])


def _told(changes: Iterable[Change]) -> list[ToldChange]:
    changes = list(changes)
    acts = _acts({change.key for change in changes if change.kind == PROCEDURE_VERSION})
    return [
        ToldChange(
            change.sequence,
            change.kind,
            change.key,
            change.at,
            _last_act(acts.get(change.key, ()), change.at),
        )
        for change in changes
    ]


def _last_act(acts: Sequence[Act], at: datetime) -> Act | None:
    """Return the last act that was entered by then: the same for ever, whatever follows."""
    entered = [(act.entered_at, place, act) for place, act in enumerate(acts)]
    known = [each for each in entered if each[0] <= at]
    return max(known)[2] if known else None


def _acts(codes: set[str]) -> dict[str, list[Act]]:
    """Return by code what decisions did to procedures, in the order of their items."""
    items = (
        DecisionItem.objects.filter(
            Q(version__valid_from__isnull=False) | Q(action=DecisionAction.ABOLISH),
            procedure__code__in=codes,
            decision__entered_at__isnull=False,
        )
        .select_related("procedure", "decision__agency")
        .prefetch_related(Prefetch("version", ProcedureVersion.objects.defer("document")))
        .only(
            "action",
            "effective_from",
            "procedure__code",
            "procedure__name",
            "decision__number",
            "decision__entered_at",
            "decision__agency__name",
        )
        .order_by("pk")
    )
    acts: dict[str, list[Act]] = {}
    for item in items:
        acts.setdefault(item.procedure.code, []).append(_act(item))
    return acts


def _act(item: DecisionItem) -> Act:
    version: ProcedureVersion | None = getattr(item, "version", None)
    entered_at = cast("datetime", item.decision.entered_at)
    return Act(
        code=item.procedure.code,
        name=version.name if version else item.procedure.name,
        agency=item.decision.agency.name,
        action=DecisionAction(item.action),
        decision=item.decision.number,
        number=version.number if version else None,
        valid_from=item.effective_from,
        # An import adds to a decision that it entered earlier.
        entered_at=max(entered_at, version.created_at) if version else entered_at,
    )
