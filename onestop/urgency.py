"""How close a dossier is to the moment by which somebody has to answer."""

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from onestop.models import Dossier

# D61 art. 19(9): the day before expiry is the last one on which an apology can go out.
SOON = timedelta(days=1)


class Urgency(models.TextChoices):
    """What a list says of a due moment, from worst to best."""

    LATE = "late", _("Overdue")
    SOON = "soon", _("Due soon")
    IN_TIME = "in_time", _("In time")


def urgency(dossier: Dossier, now: datetime) -> Urgency:
    """Return how urgent `dossier` is: its reception before, its result after it was received."""
    due = dossier.due_at or dossier.submission.answer_by
    if due < now:
        return Urgency.LATE
    return Urgency.SOON if due - now <= SOON else Urgency.IN_TIME
