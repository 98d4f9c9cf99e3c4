"""Memberships: the only source of every right of staff."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalogue import clock
from catalogue.enums import Role
from catalogue.models.agency import Agency


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships by validity."""

    def ever_active(self) -> "MembershipQuerySet":
        """Memberships with at least one day: not those that ended before they began."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")))

    def active_on(self, day: date) -> "MembershipQuerySet":
        """Memberships that give rights on `day`."""
        return self.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=day),
            valid_from__lte=day,
            suspended_at__isnull=True,
            user__is_active=True,
        )

    def active(self) -> "MembershipQuerySet":
        """Memberships that give rights today."""
        return self.active_on(clock.today())


class Membership(models.Model):
    """A person's role at an agency and the agencies under it, for a time."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("user")
    )
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="memberships", verbose_name=_("agency")
    )
    role = models.CharField(_("role"), max_length=24, choices=Role)
    valid_from = models.DateField(_("from"), default=clock.today)
    # Equal to the first day where the membership ended before it gave any right.
    valid_to = models.DateField(
        _("until"), null=True, blank=True, help_text=_("First day without the role.")
    )
    # A dated stand-in holds the role in the name of the member it stands in for.
    stands_in_for = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="stand_ins",
        verbose_name=_("stands in for"),
    )
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("granted by"),
    )
    granted_at = models.DateTimeField(default=clock.now, editable=False)
    suspended_at = models.DateTimeField(_("suspended on"), null=True, blank=True)

    objects: ClassVar[models.Manager["Membership"]] = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["agency__sort_key", "role", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "agency", "role", "valid_from"],
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="membership_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="membership_never_ends_before_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.agency}"
