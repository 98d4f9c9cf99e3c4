"""Reading published versions."""

import re
from datetime import date

from django.db.models import Q

from catalogue import clock
from catalogue.models import ProcedureVersion
from catalogue.models.procedure import CODE_PATTERN


def version_in_force(code: str, on: date | None = None) -> ProcedureVersion | None:
    """Return the version of procedure `code` that holds on a day (today without one).

    A `code` that cannot be one has none, whatever the database would say to its characters.
    """
    if not re.fullmatch(CODE_PATTERN, code):
        return None
    return ProcedureVersion.objects.in_force_on(on or clock.today()).filter(code=code).first()


def has_days_to_come(code: str) -> bool:
    """Whether some entered version of procedure `code` holds today or later."""
    ongoing = Q(valid_to__isnull=True) | Q(valid_to__gt=clock.today())
    return ProcedureVersion.objects.entered().filter(ongoing, code=code).exists()
