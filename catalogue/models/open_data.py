"""Open data: the files that hold all procedures in force on a day."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue import clock
from catalogue.enums import OpenDataFormat


class OpenDataFile(models.Model):
    """A file with the procedures in force on `day`, made after the change `sequence`.

    Text is stored compressed; `size` and `sha256` are those of the file that a reader gets.
    """

    format = models.CharField(_("format"), max_length=8, choices=OpenDataFormat)
    day = models.DateField(_("in force on"))
    sequence = models.BigIntegerField()
    rows = models.PositiveIntegerField(_("number of procedures"))
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    file = models.FileField(_("file"), upload_to="open-data/")
    made_at = models.DateTimeField(_("made on"), default=clock.now)

    objects: ClassVar[models.Manager["OpenDataFile"]]

    class Meta:
        verbose_name = _("file of open data")
        verbose_name_plural = _("files of open data")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["format", "day", "sequence"], name="open_data_file_once"
            )
        ]

    def __str__(self) -> str:
        return f"thu-tuc-{self.day:%Y-%m-%d}.{self.format}"
