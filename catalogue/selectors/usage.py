"""Which procedures people use most."""

from datetime import timedelta

from django.db.models import Sum

from catalogue import clock
from catalogue.models import ProcedureUsage

USAGE_WINDOW = timedelta(days=92)


def most_used_codes(limit: int) -> list[str]:
    """Return the codes that were read and filed most in the last quarter, the most used first."""
    recent = ProcedureUsage.objects.filter(month__gte=clock.today() - USAGE_WINDOW)
    used = recent.values("procedure_code").annotate(uses=Sum("views") + Sum("submitted"))
    ordered = used.order_by("-uses", "procedure_code")
    return list(ordered.values_list("procedure_code", flat=True)[:limit])
