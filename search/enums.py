"""Closed lists of search."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SynonymKind(models.TextChoices):
    """Why readers say something else than official texts; the `source` of a synonym."""

    ABBREVIATION = "abbreviation", _("Abbreviation")
    SPEECH = "speech", _("Everyday speech")
    OLDER_PAPER = "older paper", _("Former name of a paper")
    REGIONAL = "regional", _("Regional word")
    MISSPELLING = "misspelling", _("Frequent misspelling")
    LIFE_EVENT = "life event", _("Event of life")
    LAW_RENAMED = "law renamed", _("Renamed by law")
