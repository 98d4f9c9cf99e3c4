"""Serial numbers of the day."""

from django.db import models

from catalogue.models import Agency


class DossierCounter(models.Model):
    """The last serial that an agency gave out on a day; its row lock makes serials gap-free."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    day = models.DateField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "day"], name="counter_once_a_day")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.day:%Y-%m-%d} {self.last}"
