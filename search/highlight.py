"""Where the words of a query stand in an original text; templates escape every segment."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from search.analysis import Token, tokenize

_PASSAGE_TOKENS = 32


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
    window = max(_windows(tokens), key=lambda part: _richness(part, words), default=())
    if not _richness(window, words):
        return []
    start, end = window[0].start, window[-1].end
    before = [Segment("… ")] if window[0] is not tokens[0] else []
    after = [Segment(" …")] if window[-1] is not tokens[-1] else []
    return [*before, *highlight(text[start:end], words), *after]


def _windows(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    step = _PASSAGE_TOKENS // 4
    for start in range(0, max(len(tokens) - _PASSAGE_TOKENS, 0) + step, step):
        if window := tokens[start : start + _PASSAGE_TOKENS]:
            yield window


def _richness(tokens: Sequence[Token], words: Collection[str]) -> int:
    return len({token.folded for token in tokens} & set(words))


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
