"""The lexicon of the catalogue, as it is kept."""

from typing import ClassVar

from django.db import models

from catalogue import clock


class StoredLexicon(models.Model):
    """The one row with the words of the versions in force; see `search.analysis.Lexicon`.

    `sequence` is the last change of the outbox that it may hold.
    """

    analysis_version = models.PositiveIntegerField()
    sequence = models.BigIntegerField()
    built_at = models.DateTimeField(default=clock.now)
    payload = models.BinaryField()

    objects: ClassVar[models.Manager["StoredLexicon"]]

    def __str__(self) -> str:
        return f"{self.built_at} {self.sequence}"
