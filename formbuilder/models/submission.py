"""Submissions: what was sent, frozen."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.models import Agency
from formbuilder.models.draft import Draft
from formbuilder.models.form import FormVersion


class Submission(models.Model):
    """A form as it was sent, with the version and the hash of its answers; it never changes.

    Submitted is not received: the agency answers by `answer_by` (D61 art. 17).
    """

    number = models.CharField(_("submission number"), max_length=24, unique=True)
    draft = models.OneToOneField(Draft, models.PROTECT, related_name="submission")
    form_version = models.ForeignKey(FormVersion, models.PROTECT, related_name="submissions")
    answers = models.JSONField(_("answers"))
    answers_sha256 = models.CharField(max_length=64)
    idempotency_key = models.CharField(max_length=80, unique=True)
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="submissions", verbose_name=_("receiving agency")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="submissions",
        verbose_name=_("user"),
    )
    submitted_at = models.DateTimeField(_("sent on"), db_index=True)
    answer_by = models.DateTimeField(_("answered by"))

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["-submitted_at"]

    def __str__(self) -> str:
        return self.number
