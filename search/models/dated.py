"""What editors let search know for a time."""

from typing import TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalogue import clock

Row = TypeVar("Row", bound="EditorsRow")


class EditorsRows(models.QuerySet[Row]):
    """Queries by day."""

    def active(self) -> "EditorsRows[Row]":
        """Return what search knows today."""
        day = clock.today()
        begun = self.filter(valid_from__lte=day)
        return begun.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))


class EditorsRow(models.Model):
    """The base: which agency answers for it, from which day until which."""

    agency = models.ForeignKey(
        "catalogue.Agency",
        models.PROTECT,
        related_name="+",
        verbose_name=_("agency"),
        help_text=_("The agency that answers for this entry; only its editors may change it."),
    )
    valid_from = models.DateField(
        _("from"), default=clock.today, help_text=_("First day on which search knows it.")
    )
    valid_to = models.DateField(
        _("until"),
        null=True,
        blank=True,
        help_text=_("First day on which search no longer knows it. Empty: no end."),
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="%(class)s_ends_after_it_begins",
            )
        ]

    @property
    def is_active(self) -> bool:
        """Whether search knows it today."""
        day = clock.today()
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)
