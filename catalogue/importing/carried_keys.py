"""Permanent keys across imports: a part that is still there keeps the key that it had.

A record knows no keys, so its parts are known again by what they say and, among parts that say
the same, by the nearest place.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import count, product
from typing import Any

from catalogue.canonical import canonical_bytes
from catalogue.documents import keys_in
from catalogue.text import fold, normalise

Part = dict[str, Any]


@dataclass(frozen=True)
class _List:
    """A list of parts: the field that names a part, and the lists in each.

    Without a name, like a time limit, a part takes the key of the nearest one under its parent.
    One that wanders is known again under another parent too.
    """

    name: str
    named_by: str | None
    lists: tuple["_List", ...] = ()
    wanders: bool = False


@dataclass(frozen=True)
class _Placed:
    """A part with the key of its parent and its place among its siblings."""

    part: Part
    parent: str
    place: int


_FEES = _List("fees", None)
_TIME_LIMITS = _List("time_limits", None, lists=(_FEES,))
_PAPERS = _List("documents", "name", wanders=True)
_LISTS = (
    _List("steps", "text"),
    _List("channels", "kind", lists=(_TIME_LIMITS,)),
    _List("document_groups", "title", lists=(_PAPERS,)),
    _List("requirements", "text"),
    _List("results", "name"),
    _List("legal_bases", "number"),
)


def carry_keys(document: Part, earlier: Sequence[Part]) -> Part:
    """Return `document` with the keys that its parts have in the last of the `earlier` ones.

    A part that is not found there gets a key that no part of an earlier document ever had.
    """
    if not earlier:
        return document
    carried = deepcopy(document)
    for parts in _LISTS:
        used = {key for known in earlier for key in keys_in(known[parts.name])}
        _carry(parts, _placed([carried], parts), _placed([earlier[-1]], parts), used)
    return carried


def _placed(owners: Sequence[Part], parts: _List) -> list[_Placed]:
    return [
        _Placed(part, owner.get("key", ""), place)
        for owner in owners
        for place, part in enumerate(owner[parts.name])
    ]


def _carry(parts: _List, new: list[_Placed], old: list[_Placed], used: set[str]) -> None:
    """Give the `new` parts their keys, parents before what lies in them."""
    known = _matches(parts, new, old)
    for n, placed in enumerate(new):
        part = placed.part
        part["key"] = old[known[n]].part["key"] if n in known else _unused(part["key"], used)
        used.add(part["key"])
    for nested in parts.lists:
        owners, former = [placed.part for placed in new], [placed.part for placed in old]
        _carry(nested, _placed(owners, nested), _placed(former, nested), used)


def _matches(parts: _List, new: list[_Placed], old: list[_Placed]) -> dict[int, int]:
    """Return for each place in `new` the place in `old` of the same part, where there is one."""
    matches: dict[int, int] = {}
    for alike in _likenesses(parts):
        for n, o in _pairs(parts, alike, new, old):
            if n not in matches and o not in matches.values():
                matches[n] = o
    return matches


def _likenesses(parts: _List) -> Iterator[Callable[[Part], Hashable]]:
    """Yield what parts have in common that are the same one, the surest first."""
    inner = {"key", *(nested.name for nested in parts.lists)}
    yield lambda part: canonical_bytes(_without_keys(part))
    yield lambda part: canonical_bytes({k: v for k, v in part.items() if k not in inner})
    named_by = parts.named_by
    yield lambda part: fold(normalise(part[named_by] or "")) if named_by else ""


def _pairs(
    parts: _List, alike: Callable[[Part], Hashable], new: list[_Placed], old: list[_Placed]
) -> list[tuple[int, int]]:
    """Return the places of parts that are alike: under the same parent, then the nearest first."""
    shelves: dict[Hashable, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, placed in enumerate((new, old)):
        for n, one in enumerate(placed):
            shelf = (alike(one.part), None if parts.wanders else one.parent)
            shelves[shelf][side].append(n)
    pairs = [pair for shelf in shelves.values() for pair in product(*shelf)]
    return sorted(pairs, key=lambda pair: (*_distance(new[pair[0]], old[pair[1]]), *pair))


def _distance(one: _Placed, other: _Placed) -> tuple[bool, int]:
    return one.parent != other.parent, abs(one.place - other.place)


def _without_keys(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_keys(item) for item in value]
    if isinstance(value, dict):
        return {name: _without_keys(held) for name, held in value.items() if name != "key"}
    return value


def _unused(key: str, used: set[str]) -> str:
    if key not in used:
        return key
    stem = key.rstrip("_0123456789")
    return next(made for n in count(2) if (made := f"{stem}{n}") not in used)
