"""Two versions of a procedure never hold on one day."""

from django.db import models
from django.utils.translation import gettext as _

from catalogue.enums import DecisionAction
from catalogue.models import DecisionItem, Procedure, ProcedureVersion
from catalogue.services.decisions.states import DecisionRefused

# A page holds its whole text; of five hundred only the codes are needed.
TOLD = ("decision", "action", "effective_from", "procedure__code")


def lock_procedures(items: models.QuerySet[DecisionItem]) -> None:
    """Lock the rows of the items' procedures, so that decisions of one procedure take turns.

    The order of the keys keeps two decisions from waiting for each other.
    """
    rows = Procedure.objects.filter(pk__in=items.values("procedure")).order_by("pk")
    list(rows.select_for_update(of=("self",)).values_list("pk"))


def refuse_overlaps(items: models.QuerySet[DecisionItem]) -> None:
    """Refuse items that begin before the last entered version does, or before its set end."""
    entered = ProcedureVersion.objects.entered().filter(procedure__in=items.values("procedure"))
    last = {
        version.procedure_id: version
        for version in entered.order_by("valid_from").only("procedure", "valid_from", "valid_to")
    }
    problems = [
        problem
        for item in items.select_related("procedure").only(*TOLD)
        if (problem := _overlap(item, last.get(item.procedure_id)))
    ]
    if problems:
        raise DecisionRefused(*problems)


def _overlap(item: DecisionItem, last: ProcedureVersion | None) -> str:
    code = item.procedure.code
    begun = last.valid_from if last else None
    ended = last.valid_to if last else None
    if begun and begun >= item.effective_from:
        return _(
            "%(code)s: the version in force since %(day)s must begin earlier than this one."
        ) % {"code": code, "day": f"{begun:%d/%m/%Y}"}
    if item.action in (DecisionAction.ABOLISH, DecisionAction.CORRECT) and (last is None or ended):
        return _("%s is not in force any more.") % code
    if ended and ended > item.effective_from:
        return _("%(code)s holds until %(day)s: a new version can begin on that day.") % {
            "code": code,
            "day": f"{ended:%d/%m/%Y}",
        }
    return ""
