"""The difference of two texts, word by word, in a time that does not depend on luck."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

# Lines are compared first, then the sentences of those that differ, then their words. Each piece
# keeps the space behind it, so that pieces joined again are the text.
_PIECES = (
    re.compile(r"[^\n]*\n|[^\n]+"),
    re.compile(r".+?[.;:!?](?:\s+|\Z)|.+", re.DOTALL),
    re.compile(r"\w+(?:[./-]\w+)*\s*|[^\w\s]\s*|\s+"),
)
# A text is not taken apart further where more pairs of equal pieces would have to be tried.
MOST_PAIRS = 20_000


class RunKind(StrEnum):
    """What a run of words is in the comparison."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Run:
    """Words that stayed, went or came together."""

    kind: RunKind
    text: str


def word_runs(before: str, after: str) -> tuple[Run, ...]:
    """Return how `before` became `after`.

    The runs that are not added, joined, are `before`; those that are not removed are `after`.
    """
    pieces = [run for run in _compared(before, after, 0) if run.text]
    runs = []
    for changed, together in groupby(pieces, lambda run: run.kind is not RunKind.SAME):
        held = list(together)
        kinds = (RunKind.REMOVED, RunKind.ADDED) if changed else (RunKind.SAME,)
        texts = {kind: "".join(run.text for run in held if run.kind is kind) for kind in kinds}
        runs += [Run(kind, text) for kind, text in texts.items() if text]
    return tuple(runs)


def _compared(before: str, after: str, depth: int) -> Iterator[Run]:
    """Yield the runs of two texts, taken apart as at `depth` and deeper."""
    if not before or not after or depth == len(_PIECES):
        yield from _replaced(before, after)
        return
    old, new = _PIECES[depth].findall(before), _PIECES[depth].findall(after)
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    middle = old[head : len(old) - tail], new[head : len(new) - tail]
    yield Run(RunKind.SAME, "".join(old[:head]))
    yield from _aligned(*middle, depth)
    yield Run(RunKind.SAME, "".join(old[len(old) - tail :]))


def _aligned(old: list[str], new: list[str], depth: int) -> Iterator[Run]:
    """Yield the runs of two lists of pieces, what differs compared once more in smaller ones."""
    if _pairs(old, new) > MOST_PAIRS:
        yield from _replaced("".join(old), "".join(new))
        return
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        before, after = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        if tag == "equal":
            yield Run(RunKind.SAME, before)
        else:
            yield from _compared(before, after, depth + 1)


def _replaced(before: str, after: str) -> Iterator[Run]:
    yield Run(RunKind.REMOVED, before)
    yield Run(RunKind.ADDED, after)


def _shared(old: list[str], new: list[str]) -> int:
    """Return how many pieces both lists begin with."""
    differing = (n for n, (one, other) in enumerate(zip(old, new, strict=False)) if one != other)
    return next(differing, min(len(old), len(new)))


def _pairs(old: list[str], new: list[str]) -> int:
    counts = Counter(new)
    return sum(counts[piece] for piece in old)
