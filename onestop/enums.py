"""Closed lists of the one-stop mechanism."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DossierState(models.TextChoices):
    """Where a dossier stands; `onestop.process` says what leads from one to the next."""

    SUBMITTED = "submitted", _("Waiting for reception")
    RECEIVED = "received", _("Received")


class EventKind(models.TextChoices):
    """What can happen to a dossier."""

    SUBMITTED = "submitted", _("Submitted online")
    RECEIVED = "received", _("Received by the one-stop unit")


class Milestone(models.TextChoices):
    """The stages that every dossier passes on its way to the result (D61 arts 16–20)."""

    SUBMITTED = "submitted", _("Submitted")
    RECEIVED = "received", _("Received")
    DECIDED = "decided", _("Handled by the competent agency")
    RETURNED = "returned", _("Result handed over")
