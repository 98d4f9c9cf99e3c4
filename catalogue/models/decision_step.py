"""Steps of large decisions, which the worker takes, and how far each is."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue import clock
from catalogue.enums import DecisionStepKind, JobState
from catalogue.models.decision import PublicationDecision
from catalogue.models.job import Job


class DecisionStep(models.Model):
    """Sending or approving a decision with many items, done by the worker in batches."""

    decision = models.ForeignKey(
        PublicationDecision, models.CASCADE, related_name="long_steps", verbose_name=_("decision")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=DecisionStepKind)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    # What sending has pinned so far, by the key of the item: [revision, sha256].
    pins = models.JSONField(default=dict)
    # Why it was refused: [code of the procedure or nothing, problem in words].
    problems = models.JSONField(default=list)
    began_at = models.DateTimeField(_("began on"), default=clock.now)
    finished_at = models.DateTimeField(_("finished on"), null=True, blank=True)

    class Meta:
        verbose_name = _("long step of a decision")
        verbose_name_plural = _("long steps of decisions")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision"],
                condition=Q(finished_at__isnull=True),
                name="decision_step_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.decision}: {self.get_kind_display()}"

    @property
    def was_given_up(self) -> bool:
        """Whether the worker has tried it in vain; it can be begun anew."""
        return self.finished_at is None and (self.job is None or self.job.state == JobState.DEAD)

    @property
    def is_going_on(self) -> bool:
        """Whether the worker is at it, or will be."""
        return self.finished_at is None and not self.was_given_up
