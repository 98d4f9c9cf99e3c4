"""The items of a draft: one procedure or five hundred, all of them or none."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from catalogue import clock
from catalogue.enums import DecisionAction, DecisionKind, DecisionState
from catalogue.models import (
    Agency,
    AgencyPage,
    DecisionItem,
    Procedure,
    ProcedureVersion,
    PublicationDecision,
)
from catalogue.permissions import Permission, require
from catalogue.services.audit import record
from catalogue.services.decisions.days import refuse_impossible_day
from catalogue.services.decisions.states import DecisionRefused, locked, refuse_other_state
from catalogue.text import normalise


@transaction.atomic
def add_item(
    *,
    decision: PublicationDecision,
    procedure: Procedure,
    action: DecisionAction,
    effective_from: date,
    by: Any,
) -> DecisionItem:
    """Put `procedure` on the decision; raises `DecisionRefused` when it does not fit there."""
    return _add(decision, [procedure], action, effective_from, by)[0]


@transaction.atomic
def add_items(
    *,
    decision: PublicationDecision,
    procedures: Sequence[Procedure],
    effective_from: date,
    by: Any,
    action: DecisionAction | None = None,
) -> list[DecisionItem]:
    """Put all `procedures` on the decision from one day, or none of them.

    Without an `action` each is issued when it was never published, else amended. Raises
    `DecisionRefused` with a line for each that does not fit.
    """
    return _add(decision, procedures, action, effective_from, by)


@transaction.atomic
def add_codes(
    *,
    decision: PublicationDecision,
    text: str,
    effective_from: date,
    by: Any,
    action: DecisionAction | None = None,
) -> list[DecisionItem]:
    """Put the procedures whose codes stand in `text`, one per line, on the decision, or none.

    Raises `DecisionRefused` with the line of every code that is unknown, repeated or unfit.
    """
    decision = _draft(decision, by)
    lines = list(_coded_lines(text))
    known = {page.code: page for page in Procedure.objects.filter(code__in={c for _n, c in lines})}
    problems: list[tuple[int, str]] = []
    places: dict[str, int] = {}
    for number, code in lines:
        if code in places:
            first = {"code": code, "line": places[code]}
            problems.append((number, _("%(code)s stands in line %(line)d already.") % first))
        elif code not in known:
            problems.append((number, _("%s: there is no procedure with this code.") % code))
        else:
            places[code] = number
    procedures = [known[code] for code in places]
    unfit = _unfit(decision, procedures, action)
    problems += [(places[code], problem) for code, problem in unfit.items()]
    if problems:
        raise DecisionRefused(
            *(_("Line %(n)d: %(problem)s") % {"n": n, "problem": p} for n, p in sorted(problems))
        )
    return _add(decision, procedures, action, effective_from, by)


@transaction.atomic
def change_item_day(*, item: DecisionItem, effective_from: date, by: Any) -> DecisionItem:
    """Let the item of a draft take effect on another day; raises `DecisionRefused`."""
    decision = _draft(item.decision, by)
    if item.action == DecisionAction.CORRECT:
        raise DecisionRefused(_("A correction takes effect on the day it is entered."))
    refuse_impossible_day(effective_from)
    before, item.effective_from = item.effective_from, effective_from
    item.save(update_fields=["effective_from"])
    record(
        by=by,
        action="change_decision_item",
        target=decision,
        agency=decision.agency,
        before=[item.procedure.code, before.isoformat()],
        after=[item.procedure.code, effective_from.isoformat()],
        note=item.procedure.code,
    )
    return item


@transaction.atomic
def remove_item(*, item: DecisionItem, by: Any) -> None:
    """Take a procedure off a draft; raises `DecisionRefused`."""
    decision = _draft(item.decision, by)
    record(
        by=by,
        action="remove_decision_item",
        target=decision,
        agency=decision.agency,
        before=[item.procedure.code, item.action, item.effective_from.isoformat()],
        note=item.procedure.code,
    )
    item.delete()


def publishing_agency(procedure: Procedure) -> Agency:
    """Return the agency under whose page `procedure` lies."""
    return Agency.objects.get(page__path=procedure.path[: -procedure.steplen])


def _add(
    decision: PublicationDecision,
    procedures: Sequence[Procedure],
    action: DecisionAction | None,
    effective_from: date,
    by: Any,
) -> list[DecisionItem]:
    decision = _draft(decision, by)
    if unfit := _unfit(decision, procedures, action):
        raise DecisionRefused(*unfit.values())
    if not procedures:
        raise DecisionRefused(_("No procedure was chosen."))
    published = _published(procedures)
    if decision.kind == DecisionKind.CORRECTION:
        effective_from = clock.today()
    refuse_impossible_day(effective_from)
    items = [
        DecisionItem(
            decision=decision,
            procedure=procedure,
            action=action or _fitting_action(decision, procedure.pk in published),
            effective_from=effective_from,
        )
        for procedure in procedures
    ]
    record(
        by=by,
        action="add_decision_item",
        target=decision,
        agency=decision.agency,
        after=[[i.procedure.code, i.action, i.effective_from.isoformat()] for i in items],
        note=", ".join(procedure.code for procedure in procedures),
    )
    return DecisionItem.objects.bulk_create(items)


def _unfit(
    decision: PublicationDecision,
    procedures: Sequence[Procedure],
    action: DecisionAction | None,
) -> dict[str, str]:
    """Return, by code, why a procedure does not fit the decision."""
    own = AgencyPage.objects.filter(agency=decision.agency).values_list("path", flat=True).first()
    taken = set(decision.items.values_list("procedure", flat=True))
    published = _published(procedures)
    unfit: dict[str, str] = {}
    seen: set[int] = set()
    for procedure in procedures:
        problem = ""
        if procedure.pk in taken or procedure.pk in seen:
            problem = _("%s is already on this decision.")
        elif procedure.path[: -procedure.steplen] != own:
            problem = _("%s belongs to another agency.")
        else:
            problem = _unfit_action(decision, action, procedure.pk in published)
        seen.add(procedure.pk)
        if problem:
            unfit[procedure.code] = problem % procedure.code
    return unfit


def _unfit_action(
    decision: PublicationDecision, action: DecisionAction | None, published: bool
) -> str:
    """Return what is wrong about `action`, with a place for the code, or nothing."""
    action = action or _fitting_action(decision, published)
    correction = decision.kind == DecisionKind.CORRECTION
    if correction != (action == DecisionAction.CORRECT):
        return _("%s: corrections of form have a decision of their own.")
    if action == DecisionAction.ISSUE and published:
        return _("%s is already issued: amend it.")
    if action != DecisionAction.ISSUE and not published:
        return _("%s is not published yet: issue it.")
    return ""


def _fitting_action(decision: PublicationDecision, published: bool) -> DecisionAction:
    if decision.kind == DecisionKind.CORRECTION:
        return DecisionAction.CORRECT
    return DecisionAction.AMEND if published else DecisionAction.ISSUE


def _published(procedures: Sequence[Procedure]) -> set[int]:
    """Return the keys of those `procedures` that were published once."""
    keys = [procedure.pk for procedure in procedures]
    versions = ProcedureVersion.objects.entered().filter(procedure__in=keys)
    return set(versions.values_list("procedure", flat=True))


def _coded_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the number and the code of each line of `text` that holds one."""
    for number, line in enumerate(text.splitlines(), 1):
        code = normalise(line).strip(" ,;\ufeff").upper()
        if code:
            yield number, code


def _draft(decision: PublicationDecision, by: Any) -> PublicationDecision:
    """Return the locked decision, which must be a draft that `by` may prepare."""
    decision = locked(decision)
    require(by, Permission.PREPARE_DECISIONS, decision.agency)
    refuse_other_state(decision, DecisionState.DRAFT)
    return decision
