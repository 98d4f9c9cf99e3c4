"""What a rule of law says on a day."""

from datetime import date
from typing import Any

from django.db.models import Q

from catalogue.models import Rule


class RuleNotFound(LookupError):
    """No row of the rules table gives this key a value on this day."""

    def __init__(self, key: str, on: date) -> None:
        super().__init__(f"No rule {key} applies on {on:%Y-%m-%d}.")
        self.key = key
        self.on = on


def rule(key: str, *, on: date) -> Any:
    """Return the value of the rule `key` on the day `on`, in the unit that its row names.

    Read at every call: a value kept in memory would outlive an edit made in another process.
    Raises `RuleNotFound`.
    """
    applies = Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    row = Rule.objects.filter(applies, key=key).order_by("-valid_from").first()
    if row is None:
        raise RuleNotFound(key, on)
    return row.value
