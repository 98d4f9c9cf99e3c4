"""The life of a procedure in the catalogue, and the two texts that an act stands between."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from catalogue import clock
from catalogue.documents import lift, read_document
from catalogue.enums import DecisionAction, DecisionKind, DecisionState
from catalogue.models import (
    Agency,
    DecisionItem,
    Procedure,
    ProcedureVersion,
    PublicationDecision,
)
from catalogue.models.procedure import CODE_PATTERN
from catalogue.selectors.procedures import Standing

Document = dict[str, Any]


@dataclass(frozen=True)
class Entry:
    """An act of an entered decision on a procedure.

    `version` is None where it was abolished; `earlier` is the version before, None for the first.
    """

    action: DecisionAction
    decision: PublicationDecision
    begins: date
    version: ProcedureVersion | None
    earlier: ProcedureVersion | None

    @property
    def label(self) -> str:
        """The act in words."""
        return str(self.action.label)

    @property
    def title(self) -> str:
        """What the decision is called."""
        if self.decision.kind == DecisionKind.CORRECTION:
            return _("Correction %s") % self.decision.number
        return _("Decision %s") % self.decision.number

    @property
    def standing(self) -> Standing:
        """How what the act brought about stands to today."""
        if self.begins > clock.today():
            return Standing.UPCOMING
        ends = self.version.valid_to if self.version else None
        return Standing.ENDED if ends and ends <= clock.today() else Standing.IN_FORCE


@dataclass(frozen=True)
class Amendment:
    """The two documents that an act stands between, None where the procedure does not exist.

    `since` is the first day of the version that `before` is the document of.
    """

    before: Document | None
    after: Document | None
    since: date | None


def history_of(code: str) -> list[Entry]:
    """Return what entered decisions did to procedure `code`, in the order of effect.

    Documents are not loaded. A `code` that cannot be one has no history.
    """
    if not re.fullmatch(CODE_PATTERN, code):
        return []
    items = (
        DecisionItem.objects.filter(procedure__code=code, decision__state=DecisionState.IN_FORCE)
        .select_related("decision__agency", "version")
        .defer("version__document")
        .order_by("effective_from", "pk")
    )
    return list(_entries(items))


def entered_version(code: str, number: int) -> ProcedureVersion | None:
    """Return version `number` of procedure `code` where it was entered."""
    versions = ProcedureVersion.objects.entered().filter(code=code, number=number)
    return versions.select_related("decision_item__decision__agency").first()


def amendment_of(item: DecisionItem) -> Amendment:
    """Return what `item` of a decision changes: against the version of the day before effect.

    A correction that is not entered has no day yet: it is read against the newest version. The
    text is the stored one, else the one sent for approval, else the newest that was written.
    """
    stored = ProcedureVersion.objects.filter(decision_item=item).first()
    waits = stored is None or stored.valid_from is None
    if item.action == DecisionAction.CORRECT and waits:
        earlier = item.procedure.versions.entered().order_by("valid_from").last()
    else:
        earlier = _holding_before(item.procedure, item.effective_from)
    if item.action == DecisionAction.ABOLISH:
        return _amendment(earlier, None)
    after = lift(stored.document) if stored else _written(item, item.decision.agency)
    return _amendment(earlier, after)


def unpublished_changes(procedure: Procedure, agency: Agency) -> Amendment:
    """Return the version of `procedure` in force today and what its editors have written since."""
    in_force = ProcedureVersion.objects.in_force_on(clock.today())
    earlier = in_force.filter(procedure=procedure).first()
    return _amendment(earlier, read_document(procedure.get_latest_revision_as_object(), agency))


def _entries(items: Any) -> Iterator[Entry]:
    earlier = None
    for item in items:
        version = getattr(item, "version", None)
        action = DecisionAction(item.action)
        yield Entry(action, item.decision, item.effective_from, version, earlier)
        earlier = version or earlier


def _holding_before(procedure: Procedure, day: date) -> ProcedureVersion | None:
    """Return the version that holds on the day before `day`."""
    ongoing = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    entered = ProcedureVersion.objects.entered().filter(procedure=procedure)
    return entered.filter(ongoing, valid_from__lt=day).first()


def _amendment(earlier: ProcedureVersion | None, after: Document | None) -> Amendment:
    if earlier is None:
        return Amendment(None, after, None)
    return Amendment(lift(earlier.document), after, earlier.valid_from)


def _written(item: DecisionItem, agency: Agency) -> Document:
    pinned = item.revision
    page = pinned.as_object() if pinned else item.procedure.get_latest_revision_as_object()
    return read_document(page, agency)
