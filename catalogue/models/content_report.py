"""What readers report as wrong on the page of a procedure."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue import clock
from catalogue.enums import ReportedPart, ReportState


class ContentReport(models.Model):
    """A reader's word that a published version says something wrong."""

    version = models.ForeignKey(
        "catalogue.ProcedureVersion",
        models.PROTECT,
        related_name="reports",
        verbose_name=_("version of a procedure"),
    )
    agency = models.ForeignKey(
        "catalogue.Agency", models.PROTECT, related_name="+", verbose_name=_("agency")
    )
    part = models.CharField(_("part of the page"), max_length=16, choices=ReportedPart)
    message = models.TextField(_("what is wrong"), max_length=2000)
    contact = models.CharField(_("how to reach the reader"), max_length=254, blank=True)
    created_at = models.DateTimeField(_("reported on"), default=clock.now)
    state = models.CharField(
        _("state"), max_length=12, choices=ReportState, default=ReportState.OPEN
    )
    answer = models.TextField(_("what was done"), max_length=2000, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("handled by"),
    )
    handled_at = models.DateTimeField(_("handled on"), null=True, blank=True)

    objects: ClassVar[models.Manager["ContentReport"]]

    class Meta:
        verbose_name = _("report of wrong information")
        verbose_name_plural = _("reports of wrong information")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.version}: {self.get_part_display()}"
