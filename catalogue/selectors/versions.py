"""Reading published versions."""

from datetime import date

from catalogue import clock
from catalogue.models import ProcedureVersion


def version_in_force(code: str, on: date | None = None) -> ProcedureVersion | None:
    """Return the version of procedure `code` that holds on a day (today without one)."""
    return ProcedureVersion.objects.in_force_on(on or clock.today()).filter(code=code).first()
