"""Words that the catalogue does not know, read as those that were meant."""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from search.analysis.keyboard import decode_keystrokes
from search.analysis.lexicon import Lexicon, fold_word
from search.analysis.readings import NO_SPACE, Reader, Reading
from search.analysis.syllables import is_syllable
from search.analysis.terms import has_accents
from search.analysis.tokens import Token

# A word that is no syllable is hardly a word; one that could be may only be rare.
_NO_WORD = 20.0
_RARE_WORD = 12.0
# A word of the catalogue is doubted only where nothing stands as it does in the catalogue.
_DOUBT = 5.0
# More unknown words than these are no slips; reading them all would take long.
_MOST_REPAIRS = 8
_STRANGE = ""


class _Step(NamedTuple):
    """A way to read the tokens from one place to `end`: as `tokens`, at a cost."""

    end: int
    tokens: tuple[Token, ...]
    words: tuple[str, ...]
    cost: float


class _Path(NamedTuple):
    cost: float
    tokens: tuple[Token, ...]


class Repair:
    """Repairs words by the lexicon; one object per lexicon and process."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._readers = {accented: Reader(lexicon, accented=accented) for accented in (False, True)}

    def __call__(self, tokens: Sequence[Token], protected: Collection[int] = ()) -> list[Token]:
        """Return the tokens with unknown words replaced by what was meant.

        `protected` are places that stay. Offsets tell where the words were typed: several words
        typed as one share its characters, one typed as several has all of theirs.
        """
        if not self._lexicon or not tokens:
            return list(tokens)
        accented = has_accents(tokens) or any(map(self._is_keyed, tokens))
        lattice = _Lattice(self._readers[accented], tokens, protected)
        return lattice.best() if lattice.is_doubtful else list(tokens)

    def _is_keyed(self, token: Token) -> bool:
        decoded = decode_keystrokes(token.text)
        return (
            token.folded not in self._lexicon.folded
            and decoded is not None
            and decoded in self._lexicon.accented
        )


class _Lattice:
    """All ways to read the tokens of one text."""

    def __init__(self, reader: Reader, tokens: Sequence[Token], protected: Collection[int]) -> None:
        self._reader = reader
        self._tokens = tokens
        self._readings = dict(self._read(protected))
        self.is_doubtful = bool(self._readings)

    def _read(self, protected: Collection[int]) -> Iterator[tuple[int, tuple[Reading, ...]]]:
        """Yield the places of words that may mean others, and what."""
        repairs = 0
        for place, token in enumerate(self._tokens):
            if place in protected or len(token.text) == 1:
                continue
            if token.text in self._reader.wording:
                if self._is_out_of_place(place):
                    yield place, self._reader.doubted(token.text)
            elif meant := self._reader.meant(token.text):
                yield place, meant
            elif token.text.isalpha() and repairs < _MOST_REPAIRS:
                repairs += 1
                yield place, self._reader.slipped(token.text)

    def _is_out_of_place(self, place: int) -> bool:
        """Tell whether a known word stands beside no neighbour of its own, but beside others."""
        wording, word = self._reader.wording, self._tokens[place].text
        before = self._tokens[place - 1].text if place else ""
        after = self._tokens[place + 1].text if place + 1 < len(self._tokens) else ""
        if before not in wording and after not in wording:
            return False
        return not wording.count(before, word) and not wording.count(word, after)

    def best(self) -> list[Token]:
        """Return the tokens of the cheapest way from the first to the last."""
        paths: list[dict[str, _Path]] = [{} for _ in range(len(self._tokens) + 1)]
        paths[0][_STRANGE] = _Path(0.0, ())
        for place in range(len(self._tokens)):
            for step in self._steps(place):
                for before, path in paths[place].items():
                    last = step.words[-1]
                    cost = path.cost + step.cost + self._surprise(before, step.words)
                    known = paths[step.end].get(last)
                    if known is None or cost < known.cost:
                        paths[step.end][last] = _Path(cost, (*path.tokens, *step.tokens))
        return list(min(paths[-1].values()).tokens)

    def _surprise(self, before: str, words: Sequence[str]) -> float:
        total = 0.0
        for word in words:
            if word != _STRANGE:
                total += self._reader.wording.surprise(before or None, word)
            before = word
        return total

    def _steps(self, place: int) -> Iterator[_Step]:
        token = self._tokens[place]
        is_known = token.text in self._reader.wording
        doubt = _DOUBT if is_known else 0.0
        yield _Step(place + 1, (token,), (token.text if is_known else _STRANGE,), self._keep(place))
        for reading in self._readings.get(place, ()):
            tokens = tuple(_cut(token, reading))
            yield _Step(place + 1, tokens, reading.words, reading.cost + doubt)
        yield from self._join(place)

    def _keep(self, place: int) -> float:
        """Return the cost of a word as it is typed."""
        word = self._tokens[place].text
        if word in self._reader.wording or place not in self._readings:
            return 0.0
        return _RARE_WORD if is_syllable(word) else _NO_WORD

    def _join(self, place: int) -> Iterator[_Step]:
        """Yield two tokens as one word, where they are no words apart."""
        if place + 1 >= len(self._tokens):
            return
        first, second = self._tokens[place : place + 2]
        if not {place, place + 1} & self._readings.keys():
            return
        joined = first.text + second.text
        if joined in self._reader.wording:
            token = Token(joined, fold_word(joined), first.start, second.end)
            yield _Step(place + 2, (token,), (joined,), NO_SPACE)


def _cut(token: Token, reading: Reading) -> Iterator[Token]:
    """Yield the words of a reading where they stand in the typed token."""
    start = token.start
    for word, end in zip(reading.words, reading.ends, strict=True):
        until = token.end if end == reading.ends[-1] else min(token.start + end, token.end)
        yield Token(word, fold_word(word), start, until)
        start = until
