"""What an import leaves behind for people: the record as it came, and what to look at."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue import clock


class RawRecord(models.Model):
    """A record as another catalogue gave it, byte for byte; nothing of it is lost by reading."""

    procedure = models.ForeignKey("catalogue.Procedure", models.CASCADE, related_name="raw_records")
    sha256 = models.CharField(max_length=64)
    # The line of the file, compressed by zlib.
    packed = models.BinaryField()
    # The hash of what was read from it, before its parts got their permanent keys, and that of
    # the version which this became. Both the same again: nothing has changed.
    read_as = models.CharField(max_length=64, default="", editable=False)
    became = models.CharField(max_length=64, default="", editable=False)
    read_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[models.Manager["RawRecord"]]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure", "sha256"], name="raw_record_once"),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} {self.sha256[:12]}"


class ImportDoubt(models.Model):
    """Something that a rule of the import could not tell for sure: an editor looks at it."""

    procedure = models.ForeignKey(
        "catalogue.Procedure",
        models.CASCADE,
        related_name="import_doubts",
        verbose_name=_("procedure"),
    )
    rule = models.CharField(_("rule"), max_length=60)
    place = models.CharField(_("place"), max_length=80)
    text = models.CharField(_("what it says"), max_length=300)
    created_at = models.DateTimeField(_("found on"), default=clock.now)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("settled by"),
    )
    settled_at = models.DateTimeField(_("settled on"), null=True, blank=True)

    objects: ClassVar[models.Manager["ImportDoubt"]]

    class Meta:
        verbose_name = _("doubt of an import")
        verbose_name_plural = _("doubts of imports")
        ordering = ["procedure__code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "rule", "place", "text"], name="import_doubt_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.text}"
