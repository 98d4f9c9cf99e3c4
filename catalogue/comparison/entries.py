"""Comparing lists of plain values: applicants, agencies, levels, places, keywords."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from catalogue.comparison.changes import Change, ChangeKind, came_or_went, reordered
from catalogue.comparison.fields import Part
from catalogue.comparison.order import merged, moved
from catalogue.comparison.tables import Entries

# A value, and how often it stood in the list before: a list may say a thing twice.
Entry = tuple[str, int]


def entry_changes(entries: Entries, before: Part, after: Part) -> Iterator[Change]:
    """Yield the values that came, went or changed places, in the order of `after`."""
    old, new = _numbered(entries, before), _numbered(entries, after)
    shifted = moved(old, new)
    for entry in merged(old, new):
        value, _time = entry
        section, path = entries.section, (*entries.path, value)
        heading, words = str(entries.heading), entries.words(value)
        if entry not in old or entry not in new:
            kind = ChangeKind.REMOVED if entry in old else ChangeKind.ADDED
            yield came_or_went(kind, section, path, heading, words)
        elif entry in shifted:
            places = old.index(entry), new.index(entry)
            yield reordered(section, path, f"{heading}: {words}", places)


def _numbered(entries: Entries, document: Part) -> list[Entry]:
    values: Any = document
    for name in entries.path:
        values = values[name]
    seen: Counter[str] = Counter()
    numbered = []
    for value in values:
        numbered.append((value, seen[value]))
        seen[value] += 1
    return numbered
