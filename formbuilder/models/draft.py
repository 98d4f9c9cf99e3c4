"""Drafts: forms in the making, kept at every page."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue import clock
from catalogue.models import Agency
from formbuilder.enums import DraftState
from formbuilder.models.form import FormVersion


class Draft(models.Model):
    """A form that somebody is filling in, for one place; it stays on its version of the form."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    form_version = models.ForeignKey(FormVersion, models.PROTECT, related_name="drafts")
    place = models.ForeignKey(
        Agency, models.PROTECT, related_name="+", verbose_name=_("receiving agency")
    )
    answers = models.JSONField(_("answers"), default=dict)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        related_name="drafts",
        verbose_name=_("user"),
    )
    # The secret lies in a cookie of the device; only its SHA-256 is kept here.
    access_key_hash = models.CharField(max_length=64, db_index=True)
    state = models.CharField(_("state"), max_length=10, choices=DraftState, default=DraftState.OPEN)
    created_at = models.DateTimeField(_("started on"), default=clock.now)
    updated_at = models.DateTimeField(_("saved on"), default=clock.now)
    expires_at = models.DateTimeField(_("kept until"))

    class Meta:
        verbose_name = _("form in the making")
        verbose_name_plural = _("forms in the making")
        ordering = ["-updated_at"]
        indexes = [
            models.Index(
                fields=["expires_at"],
                name="draft_expiry",
                condition=models.Q(state=DraftState.OPEN),
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_open(self) -> bool:
        """Whether it can still be changed and submitted."""
        return self.state == DraftState.OPEN and self.expires_at > clock.now()
