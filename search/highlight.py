"""Where the words of a query stand in an original text; templates escape every segment."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from search.analysis import Token, tokenize

_PASSAGE_TOKENS = 32
_LEAD_TOKENS = 4


@dataclass(frozen=True)
class Segment:
    """A piece of a text as written, and whether it answers the query."""

    text: str
    found: bool = False


def highlight(text: str, words: Collection[str]) -> list[Segment]:
    """Return `text` cut into segments; those whose folded words are in `words` are found."""
    return list(_segments(text, tokenize(text), words))


def passage(text: str, words: Collection[str]) -> list[Segment]:
    """Return the part of `text` in which most different `words` stand; empty when none does."""
    tokens = tokenize(text)
    first = _richest_start(tokens, words)
    if first is None:
        return []
    shown = tokens[first : first + _PASSAGE_TOKENS]
    start, end = shown[0].start, shown[-1].end
    before = [Segment("… ")] if first else []
    after = [Segment(" …")] if shown[-1] is not tokens[-1] else []
    return [*before, *highlight(text[start:end], words), *after]


def _richest_start(tokens: Sequence[Token], words: Collection[str]) -> int | None:
    """Return where the passage begins: a little before its first word, near the text's start."""
    places = [place for place, token in enumerate(tokens) if token.folded in words]
    best, richness = None, 0
    for place in places:
        start = max(0, place - _LEAD_TOKENS)
        until = start + _PASSAGE_TOKENS
        different = len({tokens[other].folded for other in places if place <= other < until})
        if different > richness:
            best, richness = start, different
    return best


def _segments(text: str, tokens: Sequence[Token], words: Collection[str]) -> Iterator[Segment]:
    """Yield the segments; neighbouring found words with only space between are one."""
    done = start = end = 0
    for token in (token for token in tokens if token.folded in words):
        if end and not text[end : token.start].strip():
            end = token.end
            continue
        yield from _marked(text, done, start, end)
        done, start, end = end, token.start, token.end
    yield from _marked(text, done, start, end)
    if text[end:]:
        yield Segment(text[end:])


def _marked(text: str, done: int, start: int, end: int) -> Iterator[Segment]:
    if text[done:start]:
        yield Segment(text[done:start])
    if text[start:end]:
        yield Segment(text[start:end], found=True)
