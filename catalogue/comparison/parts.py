"""Comparing lists of parts, and the lists in them, by permanent keys."""

from collections.abc import Iterator, Mapping

from catalogue.comparison.changes import Change, ChangeKind, came_or_went, reordered
from catalogue.comparison.fields import Part, details, field_change
from catalogue.comparison.order import merged, moved
from catalogue.comparison.tables import Parts, Placed

# The parts of one list, and of the lists nested in it, by the name of the list and by key.
Index = Mapping[str, dict[str, Placed]]


def part_changes(parts: Parts, before: Part, after: Part) -> Iterator[Change]:
    """Yield what came, went, moved or changed, each part behind the one that it lies in."""
    return _within(parts, "", _index(parts, before), _index(parts, after))


def _index(parts: Parts, document: Part) -> Index:
    index: dict[str, dict[str, Placed]] = {}
    _place(parts, document, (), index)
    return index


def _place(
    parts: Parts, owner: Part, within: tuple[Placed, ...], index: dict[str, dict[str, Placed]]
) -> None:
    shelf = index.setdefault(parts.name, {})
    for place, part in enumerate(owner[parts.name]):
        shelf[part["key"]] = placed = Placed(parts, part, within, place)
        if parts.nested:
            _place(parts.nested, part, (*within, placed), index)


def _within(parts: Parts, owner: str, old: Index, new: Index) -> Iterator[Change]:
    """Yield the changes of the parts that lie, or lay at last, in the part with key `owner`."""
    was, now = old.get(parts.name, {}), new.get(parts.name, {})
    before = [key for key, placed in was.items() if placed.owner == owner]
    after = [key for key, placed in now.items() if placed.owner == owner]
    shifted = moved(before, after)
    for key in merged([key for key in before if key not in now or key in after], after):
        if key not in was:
            yield _came_or_went(ChangeKind.ADDED, parts, now[key])
        elif key not in now:
            yield _came_or_went(ChangeKind.REMOVED, parts, was[key])
        else:
            yield from _both(parts, was[key], now[key], shifted=key in shifted)
        if parts.nested:
            yield from _within(parts.nested, key, old, new)


def _came_or_went(kind: ChangeKind, parts: Parts, placed: Placed) -> Change:
    words = parts.content(placed.part)
    told = details(parts.fields, placed.part, unless=words)
    return came_or_went(kind, parts.section, placed.path, placed.heading, words, told)


def _both(parts: Parts, old: Placed, new: Placed, *, shifted: bool) -> Iterator[Change]:
    """Yield where a part moved and which of its fields changed."""
    section, path, heading = parts.section, new.path, new.heading
    if old.owner != new.owner:
        before, after = old.within[-1].heading, new.within[-1].heading
        yield Change(section, ChangeKind.MOVED, path, heading, before=before, after=after)
    elif shifted:
        yield reordered(section, path, heading, (old.place, new.place))
    for field in parts.fields:
        change = field_change(field, old.part, new.part, section=section, path=path, of=heading)
        if change:
            yield change
