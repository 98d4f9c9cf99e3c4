"""Versions: what was published, word for word, and for which days it holds."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalogue import clock

# What lists are narrowed by.
LISTING_FACETS = ("agency", "field", "letter", "levels", "audiences")


class ProcedureVersionQuerySet(models.QuerySet["ProcedureVersion"]):
    """Versions by the day on which they hold."""

    def in_force_on(self, day: date) -> "ProcedureVersionQuerySet":
        """Entered versions that hold on `day`."""
        return self.entered().filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day
        )

    def entered(self) -> "ProcedureVersionQuerySet":
        """Versions that a decision has entered in the catalogue."""
        return self.filter(valid_from__isnull=False)


class ProcedureVersion(models.Model):
    """An approved canonical document of a procedure; its bytes never change."""

    procedure = models.ForeignKey(
        "catalogue.Procedure", models.PROTECT, related_name="versions", verbose_name=_("procedure")
    )
    code = models.CharField(_("code"), max_length=40, db_index=True)
    number = models.PositiveIntegerField(_("version"))
    document = models.JSONField(_("document"))
    sha256 = models.CharField(max_length=64)
    schema_number = models.PositiveSmallIntegerField()
    decision_item = models.OneToOneField(
        "catalogue.DecisionItem", models.PROTECT, related_name="version"
    )
    revision = models.ForeignKey("wagtailcore.Revision", models.PROTECT, related_name="+")
    # What lists filter and order by, copied from the document when the version is stored.
    name = models.TextField(_("name"))
    name_slug = models.CharField(max_length=255, db_index=True)
    sort_key = models.CharField(max_length=700)
    letter = models.CharField(max_length=1)
    agency = models.ForeignKey(
        "catalogue.Agency", models.PROTECT, related_name="+", verbose_name=_("agency")
    )
    field = models.ForeignKey(
        "catalogue.Field", models.PROTECT, related_name="+", verbose_name=_("field")
    )
    # Each value between two bars, so that one is found by "contains": |province|commune|.
    levels = models.CharField(max_length=80)
    audiences = models.CharField(max_length=40)
    # Null until the decision is entered; the end is the first day on which it no longer holds.
    valid_from = models.DateField(_("in force from"), null=True, blank=True)
    valid_to = models.DateField(_("in force until"), null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[models.Manager["ProcedureVersion"]] = ProcedureVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a procedure")
        verbose_name_plural = _("versions of procedures")
        ordering = ["code", "number"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="version_number_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="version_ends_after_it_begins",
            ),
        ]
        indexes = [
            models.Index(fields=["code", "valid_from"], name="version_by_code_and_day"),
            # Both hold all that a list asks: rows hold documents, so reading them is slow.
            models.Index(
                fields=["sort_key", "code", "valid_from", "valid_to", *LISTING_FACETS],
                name="version_listing",
            ),
            models.Index(fields=["valid_to", "valid_from", *LISTING_FACETS], name="version_facets"),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.number}"
