"""In which order groups and papers stand: the export has them as a text column sorts them."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from catalogue.text import normalise

BY_NUMBER = "headings: put in the order of their numbers"

_NUMBER = re.compile(r"\(?(\d{1,3})\s*[.)/](?!\s*\d)")
_LETTER = re.compile(r"\(?([a-zđ])\s*[.)/](?=\D)")
_LETTERS = "abcdđeghiklmnopqrstuvxy"

Entry = dict[str, Any]


def by_number(groups: Sequence[Entry]) -> list[Entry]:
    """Return the exported `groups` with their headings “1.”, “2.”, “10.” in this order.

    Only where every heading carries a number of its own; groups without a heading keep their
    places.
    """
    return _in_order(groups, lambda group: normalise(group.get("case") or ""))


def papers_in_order(papers: Sequence[Entry]) -> list[Entry]:
    """Return the read `papers` of a group in the order of their numbers or letters.

    Only where every one carries its own; notes keep their places.
    """
    return _in_order(papers, lambda paper: "" if paper["note"] else paper["name"])


def _in_order(entries: Sequence[Entry], label: Callable[[Entry], str]) -> list[Entry]:
    labelled = [n for n, entry in enumerate(entries) if label(entry)]
    for place_of in (_number, _letter):
        places = [place_of(label(entries[n])) for n in labelled]
        if None not in places and len(set(places)) == len(places):
            ordered = list(entries)
            ranked = sorted(zip(places, labelled, strict=True), key=lambda pair: pair[0] or 0)
            for n, (_place, entry) in zip(labelled, ranked, strict=True):
                ordered[n] = entries[entry]
            return ordered
    return list(entries)


def _number(text: str) -> int | None:
    match = _NUMBER.match(text)
    return int(match[1]) if match else None


def _letter(text: str) -> int | None:
    match = _LETTER.match(text)
    return _LETTERS.find(match[1]) if match else None
