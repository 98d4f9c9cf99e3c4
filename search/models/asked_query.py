"""What readers ask: counted by day, so that words can be mended; nobody is in it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class AskedQuery(models.Model):
    """How often a text was asked on a day, and how often in vain.

    `text` is in lower case, with personal numbers masked. `reformulated` counts readers who asked
    again in other words from the very page of the answer.
    """

    text = models.CharField(_("what was asked"), max_length=200)
    day = models.DateField(_("day"))
    asked = models.PositiveIntegerField(_("asked"), default=0)
    found_nothing = models.PositiveIntegerField(_("found nothing"), default=0)
    reformulated = models.PositiveIntegerField(_("asked again in other words"), default=0)

    objects: ClassVar[models.Manager["AskedQuery"]]

    class Meta:
        verbose_name = _("asked query")
        verbose_name_plural = _("asked queries")
        constraints = [
            models.UniqueConstraint(fields=["day", "text"], name="asked_query_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.text} {self.day:%Y-%m-%d}"
