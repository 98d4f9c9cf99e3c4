"""Published text as people read it: lines of paragraphs and lists instead of one wall of words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Signs that begin an entry of a list; a repeated sign stands one deeper than the single one.
_MARKER = re.compile(r"([-–—•·*]|\+{1,4}|o(?=\s))\s*(?=\S)")
# An entry or a step that goes on in the line of the sentence before it.
_INLINE = re.compile(r"(?<=[.;:])\s+(?=(?:[-–•]|\+{1,4})\s+[^\W\d_]|Bước\s+\d)")
# A sentence ends at a word, not at a number ("khoản 2. Điều 5") or a single letter ("a.").
_SENTENCE = re.compile(r"(?<=[^\W\d_]{2}[.;])\s+(?=[^\W\d_])")
# Characters after which a paragraph is broken at the end of a sentence.
LONG = 400


@dataclass(frozen=True)
class Line:
    """A paragraph (depth 0), or an entry of a list at a depth from 1."""

    depth: int
    text: str


def broken_lines(text: str) -> list[str]:
    """Return the lines of `text`, entries of lists that ran on in a sentence on their own."""
    lines = (piece.strip() for line in text.splitlines() for piece in _INLINE.split(line))
    return [line for line in lines if line]


def read_lines(lines: list[str]) -> Iterator[Line]:
    """Yield `lines` with their depth, long paragraphs broken between sentences.

    Which sign means which depth differs from text to text: a sign that is new in a list goes one
    deeper, one seen before goes back to its depth.
    """
    signs: list[str] = []
    for line in lines:
        marker = _MARKER.match(line)
        if marker is None:
            signs.clear()
            yield from (Line(0, part) for part in _paragraphs(line))
            continue
        sign = marker[1]
        if sign in signs:
            del signs[signs.index(sign) + 1 :]
        else:
            signs.append(sign)
        yield Line(len(signs), line[marker.end() :])


def _paragraphs(line: str) -> Iterator[str]:
    if len(line) <= LONG:
        yield line
        return
    paragraph = ""
    for sentence in _SENTENCE.split(line):
        if paragraph and len(paragraph) + len(sentence) > LONG:
            yield paragraph
            paragraph = ""
        paragraph = f"{paragraph} {sentence}".strip()
    yield paragraph
