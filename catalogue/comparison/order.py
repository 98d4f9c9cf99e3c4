"""What moved when a list was put in another order: as few as explain it."""

from bisect import bisect_left
from collections.abc import Hashable, Sequence
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


def moved(before: Sequence[K], after: Sequence[K]) -> set[K]:
    """Return which of the keys in both lists changed their place among those; keys are unique."""
    places = {key: place for place, key in enumerate(before)}
    common = [key for key in after if key in places]
    return set(common) - _kept([places[key] for key in common], common)


def merged(before: Sequence[K], after: Sequence[K]) -> list[K]:
    """Return `after` with each key that only `before` has behind the one it stood behind."""
    result = list(after)
    present = set(after)
    place = 0
    for key in before:
        if key in present:
            place = result.index(key) + 1
        else:
            result.insert(place, key)
            place += 1
    return result


def _kept(places: Sequence[int], keys: Sequence[K]) -> set[K]:
    """Return the keys of a longest rising run of `places`: they need not move."""
    lowest: list[int] = []
    ends: list[int] = []
    behind: list[int] = []
    for n, place in enumerate(places):
        length = bisect_left(lowest, place)
        lowest[length : length + 1] = [place]
        ends[length : length + 1] = [n]
        behind.append(ends[length - 1] if length else -1)
    kept = set()
    n = ends[-1] if ends else -1
    while n >= 0:
        kept.add(keys[n])
        n = behind[n]
    return kept
