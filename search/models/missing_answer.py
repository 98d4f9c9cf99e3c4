"""What readers looked for and did not find, in their own words."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue import clock


class MissingAnswer(models.Model):
    """A reader's word that an answer is missing, personal numbers masked; nobody is named."""

    query = models.CharField(_("what was asked"), max_length=200)
    note = models.TextField(_("what was looked for"), max_length=1000, blank=True)
    created_at = models.DateTimeField(_("reported on"), default=clock.now)
    outcome = models.CharField(
        _("what was done"),
        max_length=300,
        blank=True,
        help_text=_("For example: synonym added, or: no procedure of the state."),
    )
    handled_at = models.DateTimeField(_("handled on"), null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("handled by"),
    )

    objects: ClassVar[models.Manager["MissingAnswer"]]

    class Meta:
        verbose_name = _("missing answer")
        verbose_name_plural = _("missing answers")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.query or self.note[:80]
