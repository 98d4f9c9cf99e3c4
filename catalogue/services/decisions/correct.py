"""Corrections of form: words are mended, nothing that people must do, pay or wait for changes."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from catalogue import clock
from catalogue.comparison import changes_meaning
from catalogue.documents import lift
from catalogue.enums import DecisionAction, DecisionKind
from catalogue.models import Agency, DecisionItem, ProcedureVersion, PublicationDecision
from catalogue.permissions import Permission, require
from catalogue.services.audit import record
from catalogue.services.decisions.prepare import refuse_number_in_use
from catalogue.services.decisions.states import DecisionRefused, ItemsRefused
from catalogue.text import normalise


@transaction.atomic
def prepare_correction(
    *, agency: Agency, reason: str, by: Any, number: str = ""
) -> PublicationDecision:
    """Start a correction of form of `agency`; `reason` says what was wrong on the page.

    Without a `number` it gets the next one of the agency's year: ĐC-2026-1. It has no day of
    signing and takes effect on the day it is entered, or a day after what it corrects began.
    Raises `PermissionDenied` without the right there, `DecisionRefused` without a reason or for
    a number in use.
    """
    require(by, Permission.PREPARE_DECISIONS, agency)
    reason, number = reason.strip(), normalise(number)
    if not reason:
        raise DecisionRefused(_("Say what is corrected and why."))
    if number:
        refuse_number_in_use(agency, number)
    decision = PublicationDecision.objects.create(
        kind=DecisionKind.CORRECTION,
        number=number or _next_number(agency),
        agency=agency,
        reason=reason,
        created_by=by,
    )
    record(by=by, action="prepare_correction", target=decision, agency=agency, note=reason)
    return decision


def refuse_new_meaning(
    items: Sequence[DecisionItem], documents: Mapping[int, dict[str, Any]]
) -> None:
    """Refuse corrections that change more than words.

    `documents` holds the corrected document of each item by the key of its procedure. Raises
    `DecisionRefused` with every place.
    """
    corrected = [item for item in items if item.action == DecisionAction.CORRECT]
    before = last_entered(corrected)
    told = _(
        "%(code)s, %(place)s: this is more than a correction of form, publish it by a decision."
    )
    problems = [
        (item.procedure.code, told % {"code": item.procedure.code, "place": change.title})
        for item in corrected
        for change in changes_meaning(
            lift(before[item.procedure_id].document), documents[item.procedure_id]
        )
    ]
    if problems:
        raise ItemsRefused(*problems)


def set_days_of_correction(decision: PublicationDecision) -> None:
    """Let each correction of a locked decision begin today, or a day after what it corrects."""
    items = list(decision.items.filter(action=DecisionAction.CORRECT))
    corrected = dict(_entered(items).values_list("procedure", "valid_from"))
    today = clock.today()
    for item in items:
        began = corrected[item.procedure_id]
        following = began + timedelta(days=1) if began else today
        item.effective_from = max(today, following)
    DecisionItem.objects.bulk_update(items, ["effective_from"])


def last_entered(items: Sequence[DecisionItem]) -> dict[int, ProcedureVersion]:
    """Return the newest entered version of each item's procedure, by the procedure's key."""
    return {version.procedure_id: version for version in _entered(items)}


def corrected_versions(decision: PublicationDecision) -> dict[int, int]:
    """Return the key of the version that each correction of `decision` mends, by procedure."""
    items = list(decision.items.filter(action=DecisionAction.CORRECT))
    return dict(_entered(items).values_list("procedure", "pk"))


def _entered(items: Sequence[DecisionItem]) -> QuerySet[ProcedureVersion]:
    """Return the entered versions of the items' procedures, the newest of each last."""
    procedures = [item.procedure_id for item in items]
    return (
        ProcedureVersion.objects.entered().filter(procedure__in=procedures).order_by("valid_from")
    )


def _next_number(agency: Agency) -> str:
    """Return the next number of the agency's year; its row is locked, so nobody gets the same."""
    Agency.objects.select_for_update(of=("self",)).get(pk=agency.pk)
    start = f"ĐC-{clock.today().year}-"
    numbers = PublicationDecision.objects.filter(agency=agency, number__startswith=start)
    serials = [number.removeprefix(start) for number in numbers.values_list("number", flat=True)]
    last = max((int(serial) for serial in serials if serial.isdecimal()), default=0)
    return f"{start}{last + 1}"
