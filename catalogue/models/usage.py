"""How much a procedure is used, month by month."""

from django.db import models


class ProcedureUsage(models.Model):
    """Counters of one procedure in one month; others write them, search and pages read them."""

    procedure_code = models.CharField(max_length=40)
    month = models.DateField()
    views = models.PositiveIntegerField(default=0)
    submitted = models.PositiveIntegerField(default=0)
    received = models.PositiveIntegerField(default=0)
    resolved = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure_code", "month"], name="usage_once_a_month")
        ]

    def __str__(self) -> str:
        return f"{self.procedure_code} {self.month:%Y-%m}"
