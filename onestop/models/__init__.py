"""What happens to a dossier from its submission to its result."""

from onestop.models.calendar import WorkingCalendar
from onestop.models.counter import DossierCounter
from onestop.models.dossier import Dossier
from onestop.models.event import DossierEvent, EventPayload

__all__ = ["Dossier", "DossierCounter", "DossierEvent", "EventPayload", "WorkingCalendar"]
