"""Publication decisions: the only way a procedure enters, changes in or leaves the catalogue."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue import clock
from catalogue.enums import DecisionAction, DecisionKind, DecisionState
from catalogue.models.agency import Agency
from catalogue.private_files import decision_file_key, private_storage


class PublicationDecisionQuerySet(models.QuerySet["PublicationDecision"]):
    """Decisions by what they still mean."""

    def standing(self) -> "PublicationDecisionQuerySet":
        """Decisions that were not withdrawn: each holds its number."""
        return self.exclude(state=DecisionState.WITHDRAWN)


class PublicationDecision(models.Model):
    """A signed decision that publishes a set of procedures (D63 art. 15)."""

    number = models.CharField(
        _("number"),
        max_length=60,
        help_text=_("As it stands on the paper, for example 163/QĐ-BTP."),
    )
    # Null only for a decision read from another catalogue that does not tell the day.
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="decisions", verbose_name=_("agency")
    )
    kind = models.CharField(
        _("kind"), max_length=12, choices=DecisionKind, default=DecisionKind.PUBLICATION
    )
    # Why a correction of form is needed; a publication has its legal act instead.
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    fast_track = models.BooleanField(
        _("act by the shortened procedure"),
        default=False,
        help_text=_("The decision is then signed at most 3 days after the act (D63 art. 15)."),
    )
    signed_file = models.FileField(
        _("signed file"), storage=private_storage, upload_to=decision_file_key, blank=True
    )
    state = models.CharField(
        _("state"), max_length=12, choices=DecisionState, default=DecisionState.DRAFT
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("made by"),
    )
    created_at = models.DateTimeField(_("made on"), default=clock.now)
    submitted_at = models.DateTimeField(_("submitted on"), null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("approved by"),
    )
    approved_at = models.DateTimeField(_("approved on"), null=True, blank=True)
    entered_at = models.DateTimeField(_("entered on"), null=True, blank=True)

    objects: ClassVar[models.Manager["PublicationDecision"]] = (
        PublicationDecisionQuerySet.as_manager()
    )

    class Meta:
        verbose_name = _("publication decision")
        verbose_name_plural = _("publication decisions")
        ordering = ["-signed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "number"],
                condition=~Q(state=DecisionState.WITHDRAWN),
                name="decision_number_once",
            )
        ]

    def __str__(self) -> str:
        return self.number


class DecisionItem(models.Model):
    """What a decision does to one procedure, and from which day."""

    decision = models.ForeignKey(PublicationDecision, models.CASCADE, related_name="items")
    procedure = models.ForeignKey(
        "catalogue.Procedure",
        models.PROTECT,
        related_name="decision_items",
        verbose_name=_("procedure"),
    )
    action = models.CharField(_("act"), max_length=8, choices=DecisionAction)
    effective_from = models.DateField(_("takes effect on"))
    # What was sent for approval: the revision, and the hash of the document compiled from it.
    # Empty in a draft, and where a procedure is abolished.
    revision = models.ForeignKey(
        "wagtailcore.Revision", models.PROTECT, null=True, blank=True, related_name="+"
    )
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("item of a decision")
        verbose_name_plural = _("items of a decision")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "procedure"], name="decision_item_once")
        ]

    def __str__(self) -> str:
        return f"{self.decision}: {self.procedure}"
