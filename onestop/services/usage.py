"""Counting how much a procedure is used."""

from datetime import date

from django.db.models import F

from catalogue.models import ProcedureUsage


def count_usage(*, procedure_code: str, day: date, counter: str) -> None:
    """Add one to `counter` (`submitted`, `received`) of a procedure in the month of `day`."""
    usage, _created = ProcedureUsage.objects.get_or_create(
        procedure_code=procedure_code, month=day.replace(day=1)
    )
    ProcedureUsage.objects.filter(pk=usage.pk).update(**{counter: F(counter) + 1})
