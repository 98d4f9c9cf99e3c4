"""In which order the groups of a dossier stand: the export has them as a text column sorts them."""

import re
from collections.abc import Sequence
from typing import Any

from catalogue.text import normalise

BY_NUMBER = "headings: put in the order of their numbers"

_NUMBER = re.compile(r"\(?(\d{1,3})\s*[.)/](?!\s*\d)")


def by_number(groups: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the exported `groups` with their headings “1.”, “2.”, “10.” in this order.

    Only where every heading carries a number of its own; groups without a heading keep their
    places.
    """
    headed = [n for n, group in enumerate(groups) if normalise(group.get("case") or "")]
    matches = [_NUMBER.match(normalise(groups[n]["case"])) for n in headed]
    numbers = [int(match[1]) for match in matches if match]
    if len(numbers) < len(headed) or len(set(numbers)) < len(numbers):
        return list(groups)
    ordered = list(groups)
    for place, (_number, n) in zip(headed, sorted(zip(numbers, headed, strict=True)), strict=True):
        ordered[place] = groups[n]
    return ordered
