"""What editors of search changed: the history of synonyms and promoted answers."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue import clock


class EditorsChange(models.Model):
    """One change of one synonym or promoted answer: who, when, and the words before and after.

    Rows are only added, so their number is also the version of what search must know.
    """

    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    at = models.DateTimeField(_("changed on"), default=clock.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("changed by")
    )
    before = models.JSONField(null=True)
    after = models.JSONField()

    objects: ClassVar[models.Manager["EditorsChange"]]

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["kind", "object_id"], name="editors_change_of")]

    def __str__(self) -> str:
        return f"{self.kind} #{self.object_id}"
