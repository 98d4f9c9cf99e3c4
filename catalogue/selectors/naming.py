"""Finding rows by what people call them, typed with or without Vietnamese marks."""

from collections.abc import Sequence
from typing import TypeVar

from django.db.models import Model, QuerySet

from catalogue.text import fold

Row = TypeVar("Row", bound=Model)


def named(queryset: QuerySet[Row], text: str, *, fields: Sequence[str]) -> QuerySet[Row]:
    """Return the rows of `queryset` of which some field holds every word of `text`.

    Compared in folded form, in Python: for lists of an administrator, of some thousand rows.
    """
    words = fold(text).split()
    found = [
        pk
        for pk, *values in queryset.order_by().values_list("pk", *fields)
        if any(all(word in fold(str(value or "")) for word in words) for value in values)
    ]
    return queryset.filter(pk__in=found)
