"""The difference of two texts, word by word, in a time that does not depend on luck."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

# Lines are compared first, then the sentences of those that differ, then their words. Pieces
# joined again are the text.
_PIECES = (
    re.compile(r"[^\n]*\n|[^\n]+"),
    re.compile(r".+?[.;:!?](?:\s+|\Z)|.+", re.DOTALL),
    re.compile(r"\w+(?:[./-]\w+)*|[^\w\s]|\s+"),
)
# A text is not taken apart further where more pairs of equal pieces would have to be tried.
MOST_PAIRS = 20_000
# Beside a change so many characters are shown of what stayed.
CONTEXT = 160
_GAP = " … "
# A word of Vietnamese has two syllables as a rule, each written as a word.
ISLAND = 2


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
    runs = _together(_compared(before, after, 0))
    last = len(runs) - 1
    return tuple(
        _together(
            piece
            for n, run in enumerate(runs)
            for piece in (_replaced(run.text, run.text) if 0 < n < last and _island(run) else [run])
        )
    )


def _together(pieces: Iterable[Run]) -> list[Run]:
    """Return `pieces` with neighbours joined: what went, then what came, between what stayed."""
    runs = []
    told = (piece for piece in pieces if piece.text)
    for changed, together in groupby(told, lambda run: run.kind is not RunKind.SAME):
        held = list(together)
        kinds = (RunKind.REMOVED, RunKind.ADDED) if changed else (RunKind.SAME,)
        texts = {kind: "".join(run.text for run in held if run.kind is kind) for kind in kinds}
        runs += [Run(kind, text) for kind, text in texts.items() if text]
    return runs


def _island(run: Run) -> bool:
    """Whether so little stayed between two changes that it is read more easily with them."""
    stayed = run.kind is RunKind.SAME and "\n" not in run.text
    return stayed and len(run.text.split()) <= ISLAND


def excerpt(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Return `runs` with the middle of what stayed left out where it is long."""
    last = len(runs) - 1
    return tuple(
        _shortened(run, at_start=n == 0, at_end=n == last) if run.kind is RunKind.SAME else run
        for n, run in enumerate(runs)
    )


def _shortened(run: Run, *, at_start: bool, at_end: bool) -> Run:
    """Return `run` cut to what stands beside a change: none stands before the first run."""
    if len(run.text) <= 2 * CONTEXT + len(_GAP):
        return run
    head = "" if at_start else run.text[:CONTEXT].rsplit(maxsplit=1)[0]
    tail = "" if at_end else run.text[-CONTEXT:].split(maxsplit=1)[-1]
    return Run(run.kind, f"{head}{_GAP}{tail}")


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
    # Spaces go with the words beside them: to match each with each would take most of the time.
    matcher = SequenceMatcher(str.isspace, old, new, autojunk=False)
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
    return sum(counts[piece] for piece in old if not piece.isspace())
