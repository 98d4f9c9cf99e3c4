"""Versioned working calendars."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalogue import clock
from catalogue.models import Agency


class WorkingCalendar(models.Model):
    """One version of a jurisdiction's working calendar; an edit makes a new version.

    Dossiers keep the version with which their due date was counted.
    """

    jurisdiction = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="working_calendars",
        verbose_name=_("jurisdiction"),
        help_text=_("The agency and all under it; empty for the whole country."),
    )
    version = models.PositiveIntegerField(_("version"))
    valid_from = models.DateField(_("used from"), default=clock.today)
    valid_to = models.DateField(
        _("used until"), null=True, blank=True, help_text=_("First day on which it is not used.")
    )
    # What `onestop.calendar.calendar_from_document` reads.
    document = models.JSONField(_("document"))
    created_at = models.DateTimeField(_("made on"), default=clock.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("working calendar")
        verbose_name_plural = _("working calendars")
        ordering = ["jurisdiction", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "version"], name="calendar_version_once"
            ),
            models.UniqueConstraint(
                fields=["version"],
                condition=Q(jurisdiction__isnull=True),
                name="national_calendar_version_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="calendar_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        place = self.jurisdiction or _("Whole country")
        return f"{place} v{self.version}"
