"""The outbox: what changed in the catalogue, in the order in which it was committed."""

from django.db import models

from catalogue import clock


class ChangeCounter(models.Model):
    """The one row that hands out sequence numbers; its lock makes them gap-free and ordered."""

    last = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.last)


class Change(models.Model):
    """One announced change; consumers read on from the last sequence they handled."""

    sequence = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=100)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["sequence"]

    def __str__(self) -> str:
        return f"{self.sequence} {self.kind} {self.key}"


class ChangeCursor(models.Model):
    """How far a consumer of the outbox has come."""

    consumer = models.CharField(max_length=40, primary_key=True)
    sequence = models.BigIntegerField(default=0)
    at = models.DateTimeField(default=clock.now)
    failures = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.consumer} {self.sequence}"
