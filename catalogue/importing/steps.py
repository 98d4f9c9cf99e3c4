"""The steps of a record: running text, cut where “Bước 1”, “Bước 2” … or “a)”, “b)” … begin."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import Any

from catalogue.text import fold, normalise, normalise_lines

_MARK = r"(?:[a-zđ][).]\s*)?bước\s+"
# At a line's start, behind the end of a sentence, or the first one behind a heading.
_STEP = re.compile(
    rf"(?im)(?:^\s*[-+*•]?\s*{_MARK}(?P<line>\d{{1,2}})\b\s*[:.)]?"
    rf"|(?<=[.;:])\s+{_MARK}(?P<inside>\d{{1,2}})\s*[:.]"
    rf"|(?<=\s){_MARK}(?P<first>1)\s*[:.])\s*"
)
_LETTER = re.compile(r"(?m)^\s*(?P<letter>[a-zđ])\)\s*")
_LETTERS = "abcdđeghiklmn"
_LONGEST_CASE = 200

Step = dict[str, Any]


@dataclass(frozen=True)
class _Cut:
    """Where a step begins, where its own words begin, and which number it has."""

    start: int
    text: int
    number: int


def read_steps(text: str, procedure_name: str = "") -> list[Step]:
    """Return the steps in order; a count that begins again begins another case."""
    cuts = _numbered(text)
    if len(cuts) >= 2:
        pieces = list(_with_cases(text, cuts, fold(normalise(procedure_name))))
    else:
        pieces = [(None, piece) for piece in _lettered(text)]
    cleaned = [(case, normalise_lines(piece)) for case, piece in pieces]
    return [
        {"key": f"s{n}", "case": case, "text": piece}
        for n, (case, piece) in enumerate([pair for pair in cleaned if pair[1]], 1)
    ]


def _numbered(text: str) -> list[_Cut]:
    """Return the cuts whose numbers go up by one, or begin again at 1."""
    cuts: list[_Cut] = []
    for match in _STEP.finditer(text):
        number = int(match[match.lastgroup or 0])
        if number == 1 or (cuts and number == cuts[-1].number + 1):
            cuts.append(_Cut(match.start(), match.end(), number))
    return cuts


def _with_cases(
    text: str, cuts: Sequence[_Cut], procedure_name: str
) -> Iterator[tuple[str | None, str]]:
    """Yield (case, text) of every step; what stands before a “Bước 1” may name its case."""
    several = sum(cut.number == 1 for cut in cuts) > 1
    case, before = None, text[: cuts[0].start]
    for cut, following in zip_longest(cuts, cuts[1:]):
        if cut.number == 1:
            label = normalise(before).strip(" -+*•:;.")
            if several and 0 < len(label) <= _LONGEST_CASE:
                case = label
            elif fold(label) != procedure_name:
                yield case, before
        piece = text[cut.text : following.start if following else len(text)].rstrip()
        before = ""
        if following and following.number == 1 and "\n" in piece:
            piece, before = piece.rsplit("\n", 1)
        yield case, piece


def _lettered(text: str) -> list[str]:
    """Return the parts “a)”, “b)” … of `text` in the order of their letters, else `text` whole."""
    matches = list(_LETTER.finditer(text))
    letters = "".join(match["letter"] for match in matches)
    if len(matches) < 2 or text[: matches[0].start()].strip():
        return [text]
    if "".join(sorted(letters, key=_LETTERS.find)) != _LETTERS[: len(letters)]:
        return [text]
    bounds = [*(match.start() for match in matches), len(text)]
    parts = [text[start:end] for start, end in pairwise(bounds)]
    return [part for _letter, part in sorted(zip(letters, parts, strict=True))]
