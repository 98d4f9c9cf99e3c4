"""Jobs and schedules: the truth of everything that runs later."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue import clock
from catalogue.enums import JobPriority, JobState


class Job(models.Model):
    """One piece of work for the worker, with its lease and its attempts."""

    kind = models.CharField(_("kind"), max_length=60)
    payload = models.JSONField(default=dict)
    dedupe_key = models.CharField(max_length=120, null=True, blank=True, unique=True)
    # What several waiting jobs would do alike; taken off the job when a worker takes it.
    waiting_key = models.CharField(max_length=120, null=True, blank=True, unique=True)
    priority = models.PositiveSmallIntegerField(choices=JobPriority, default=JobPriority.PEOPLE)
    state = models.CharField(_("state"), max_length=8, choices=JobState, default=JobState.PENDING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next try"), default=clock.now)
    leased_until = models.DateTimeField(null=True, blank=True)
    leased_by = models.CharField(max_length=80, blank=True)
    last_error = models.TextField(_("last error"), blank=True)
    created_at = models.DateTimeField(_("made on"), default=clock.now)
    done_at = models.DateTimeField(_("done on"), null=True, blank=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        # Not partial: SQLite can't use a partial index for a condition with parameters.
        indexes = [models.Index(fields=["state", "priority", "next_try_at"], name="job_due")]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"


class ScheduledRun(models.Model):
    """One due time of one schedule; the unique pair lets several workers race for it."""

    name = models.CharField(max_length=60)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "due_at"], name="scheduled_run_once")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.due_at:%Y-%m-%d %H:%M}"
