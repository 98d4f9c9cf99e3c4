"""Reception: the officer accepts a submitted dossier."""

from datetime import date
from typing import Any

from django.db import transaction

from catalogue import clock
from catalogue.permissions import Permission, require
from catalogue.services import audit
from catalogue.services.jobs import enqueue
from onestop.enums import EventKind
from onestop.models import Dossier
from onestop.process import next_state
from onestop.scopes import every_dossier
from onestop.selectors.appointments import Appointment, appoint
from onestop.services.events import append_event
from onestop.services.notifications import TELL_APPLICANT
from onestop.services.serials import take_code
from onestop.services.usage import count_usage


@transaction.atomic
def receive_dossier(
    *, dossier: Dossier, by: Any, limit_key: str = "", stated_due: date | None = None
) -> Dossier:
    """Accept a submitted `dossier` at its agency: dossier code, due date, receipt (D61 art. 17).

    `limit_key` chooses among several published time limits, `stated_due` is the officer's own day
    where none gives a due date. Raises `PermissionDenied` without the right to receive at the
    dossier's agency, `NotPossible` when it was received before, `LimitNeeded`, `DueDateNeeded` or
    `DueDateRefused` about the due date, and `SerialsExhausted` after 9,999 codes on one day.
    """
    with every_dossier():
        locked = (
            Dossier.objects.select_for_update(of=("self",))
            .select_related("agency", "procedure_version")
            .get(pk=dossier.pk)
        )
        require(by, Permission.RECEIVE_DOSSIERS, locked.agency)
        next_state(locked.state, EventKind.RECEIVED)
        at = clock.now()
        appointment = appoint(locked, at, limit_key=limit_key, stated_due=stated_due)
        count_usage(procedure_code=locked.procedure_code, day=at.date(), counter="received")
        enqueue(
            kind=TELL_APPLICANT,
            payload={"dossier": locked.pk, "kind": EventKind.RECEIVED},
            dedupe_key=f"{TELL_APPLICANT}:{locked.pk}:{locked.head_seq + 1}",
        )
        audit.record(by=by, action="dossier.received", target=locked, agency=locked.agency)
        # Lock order: dossier, then counter; nothing waits while the counter is held.
        code = take_code(agency=locked.agency, day=at.date())
        append_event(
            dossier=locked,
            kind=EventKind.RECEIVED,
            by=by,
            at=at,
            payload={"code": str(code), **_appointment_facts(appointment)},
        )
    return locked


def _appointment_facts(appointment: Appointment) -> dict[str, Any]:
    return {
        "due_at": appointment.due_at.isoformat(),
        "due_stated": appointment.deadline is None,
        "limit": appointment.offered.key if appointment.offered else "",
        "calendar": appointment.calendar.pk,
    }
