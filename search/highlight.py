"""Where the words of a query stand in an original text; templates escape every segment."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from catalogue.text import fold

_PASSAGE_CHARS = 180
_LEAD_CHARS = 24
# All marks of decomposed text become this one, so that a pattern can step over them.
_MARK = "\u0300"
_MARKS = range(0x0300, 0x0370)
# Of these words "ly" is the one spelling that search knows, and "li" the other people write.
_FINAL_Y = re.compile("[hklmst]y")


@dataclass(frozen=True)
class Segment:
    """A piece of a text as written, and whether it answers the query."""

    text: str
    found: bool = False


@dataclass(frozen=True)
class _Place:
    """A word of the query that stands at `text[start:end]`."""

    word: str
    start: int
    end: int


class _Folding(dict[int, int]):
    """Every character in lower case without its marks, one for one, so that offsets stay."""

    def __missing__(self, point: int) -> int:
        folded = fold(chr(point))
        self[point] = ord(_MARK) if point in _MARKS else ord(folded) if len(folded) == 1 else point
        return self[point]


_FOLDING = _Folding()


def highlight(text: str, words: Collection[str]) -> list[Segment]:
    """Return `text` cut into segments; those whose folded words are in `words` are found."""
    return list(_segments(text, 0, len(text), _places(text, words)))


def passage(text: str, words: Collection[str]) -> list[Segment]:
    """Return the part of `text` in which most different `words` stand; empty when none does."""
    places = _places(text, words)
    if not places:
        return []
    start = _beginning_of_word(text, _richest(places).start - _LEAD_CHARS)
    end = _end_of_word(text, start + _PASSAGE_CHARS)
    before = [Segment("… ")] if start else []
    after = [Segment(" …")] if end < len(text) else []
    within = [place for place in places if start <= place.start and place.end <= end]
    return [*before, *_segments(text, start, end, within), *after]


def _places(text: str, words: Collection[str]) -> list[_Place]:
    if not words:
        return []
    found = _pattern(frozenset(words)).finditer(text.translate(_FOLDING))
    return [_Place(place.group().replace(_MARK, ""), *place.span()) for place in found]


@lru_cache(maxsize=64)
def _pattern(words: frozenset[str]) -> re.Pattern[str]:
    """Return what finds any of `words` as a whole word, decomposed or not."""
    spelled = sorted(words | {word[:-1] + "i" for word in words if _FINAL_Y.fullmatch(word)})
    ways = "|".join("".join(f"{re.escape(letter)}{_MARK}*" for letter in word) for word in spelled)
    return re.compile(rf"(?<![^\W_])(?<!{_MARK})(?:{ways})(?![^\W_])")


def _richest(places: Sequence[_Place]) -> _Place:
    """Return the first of the places behind which most different words stand in one passage."""
    best, richness, until = places[0], 0, 0
    held: Counter[str] = Counter()
    for place in places:
        while until < len(places) and places[until].end - place.start <= _PASSAGE_CHARS:
            held[places[until].word] += 1
            until += 1
        if len(held) > richness:
            best, richness = place, len(held)
        held[place.word] -= 1
        if held[place.word] <= 0:
            del held[place.word]
    return best


def _beginning_of_word(text: str, place: int) -> int:
    """Return where the word at `place` begins."""
    return text.rfind(" ", 0, place + 1) + 1 if place > 0 else 0


def _end_of_word(text: str, place: int) -> int:
    """Return where the last whole word before `place` ends."""
    if place >= len(text):
        return len(text)
    space = text.rfind(" ", 0, place + 1)
    return space if space > 0 else place


def _segments(text: str, start: int, end: int, places: Sequence[_Place]) -> Iterator[Segment]:
    """Yield the segments; neighbouring found words with only space between are one."""
    done = start
    for first, last in _joined(text, places):
        if text[done:first]:
            yield Segment(text[done:first])
        yield Segment(text[first:last], found=True)
        done = last
    if text[done:end]:
        yield Segment(text[done:end])


def _joined(text: str, places: Sequence[_Place]) -> Iterator[tuple[int, int]]:
    start = end = 0
    for place in places:
        if end and not text[end : place.start].strip():
            end = place.end
            continue
        if end:
            yield start, end
        start, end = place.start, place.end
    if end:
        yield start, end
