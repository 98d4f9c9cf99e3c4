"""Agencies: the tree of bodies that publish, receive and decide."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue.enums import AgencyKind, CodeStatus, Level

if TYPE_CHECKING:
    from datetime import date


class AgencyQuerySet(models.QuerySet["Agency"]):
    """Agencies by validity and by place in the tree."""

    def valid_on(self, day: "date") -> "AgencyQuerySet":
        """Agencies that exist on `day`."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gt=day),
        )

    def within(self, agency: "Agency") -> "AgencyQuerySet":
        """`agency` and every agency under it."""
        return self.filter(path__startswith=agency.path)


class Agency(models.Model):
    """A body of the state with its dated place in the tree (C01 art. 19, D20 for its code)."""

    code = models.CharField(
        _("code"),
        max_length=35,
        unique=True,
        help_text=_("Electronic identification code, level 1 first, for example H18."),
    )
    code_status = models.CharField(
        _("state of the code"), max_length=12, choices=CodeStatus, default=CodeStatus.PROVISIONAL
    )
    name = models.CharField(_("name"), max_length=255)
    name_en = models.CharField(_("English name"), max_length=255, blank=True)
    kind = models.CharField(_("kind"), max_length=24, choices=AgencyKind)
    level = models.CharField(_("level"), max_length=12, choices=Level)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("under"),
    )
    place_code = models.CharField(
        _("unit code"),
        max_length=8,
        blank=True,
        db_index=True,
        help_text=_("Official code of the administrative unit, for example 11 for Điện Biên."),
    )
    valid_from = models.DateField(_("exists from"), null=True, blank=True)
    valid_to = models.DateField(
        _("exists until"), null=True, blank=True, help_text=_("First day on which it is gone.")
    )
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("successor"),
    )
    # Derived from the tree and the name by the agency services.
    path = models.CharField(max_length=255, db_index=True, editable=False)
    sort_key = models.CharField(max_length=700, db_index=True, editable=False)

    objects: ClassVar[models.Manager["Agency"]] = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.name

    def is_within(self, other: "Agency") -> bool:
        """Whether this agency is `other` or lies under it."""
        return self.path.startswith(other.path)
