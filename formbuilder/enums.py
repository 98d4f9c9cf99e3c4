"""Closed lists of the form builder."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DraftState(models.TextChoices):
    """Where a form in the making stands."""

    OPEN = "open", _("Being filled in")
    SUBMITTED = "submitted", _("Submitted")


class ScanState(models.TextChoices):
    """What is known of a file; without a scanner nothing is, and nothing is claimed."""

    NOT_SCANNED = "not_scanned", _("Not scanned")
    CLEAN = "clean", _("Nothing found")
    REFUSED = "refused", _("Refused")
