"""Words that the catalogue does not know, read as those that were meant."""

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from search.analysis.keyboard import decode_keystrokes
from search.analysis.lexicon import Lexicon, fold_word
from search.analysis.readings import ADDED_SPACE, Reader, Reading
from search.analysis.syllables import has_vowel, is_syllable
from search.analysis.terms import has_accents
from search.analysis.tokens import Token

# A word that is no syllable is hardly a word; one that could be may only be rare.
_NO_WORD = 20.0
_RARE_WORD = 8.0
# A word of the catalogue is doubted only where nothing stands as it does in the catalogue.
_DOUBT = 9.5
# More unknown words than these are no slips; reading them all would take long.
_MOST_REPAIRS = 10
_STRANGE = ""


class _Step(NamedTuple):
    """A way to read the tokens from one place to another: as `words`, at a cost.

    `ends` tells where each word ends in the typed one; without them the tokens are as typed.
    """

    start: int
    end: int
    words: tuple[str, ...]
    ends: tuple[int, ...]
    cost: float


class _Path(NamedTuple):
    """The cheapest way to a place, by its last step and the path before that."""

    cost: float
    step: _Step | None
    before: "_Path | None"


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
        self._protected = frozenset(protected)
        self._readings = dict(self._read())
        self.is_doubtful = bool(self._readings)

    def _read(self) -> Iterator[tuple[int, tuple[Reading, ...]]]:
        """Yield the places of words that may mean others, and what."""
        repairs = 0
        for place, token in enumerate(self._tokens):
            if place in self._protected or len(token.text) == 1:
                continue
            is_known = token.text in self._reader.wording
            readings = () if is_known else self._reader.meant(token.text)
            words = [token.text] if is_known else [reading.words[0] for reading in readings]
            if token.text.isalpha() and repairs < _MOST_REPAIRS and not self._fit(words, place):
                repairs += 1
                slow = self._reader.doubted if is_known else self._reader.slipped
                readings += slow(token.text)
            if readings:
                yield place, readings

    def _fit(self, words: Sequence[str], place: int) -> bool:
        """Tell whether words stand at a place beside its neighbours as they do in the catalogue.

        One neighbour is enough for a word as typed; what it may mean needs both.
        """
        before, after = self._words_at(place - 1), self._words_at(place + 1)
        count = self._reader.wording.count
        fits = [any(count(a, b) for a in before for b in words)] if before else []
        fits += [any(count(a, b) for a in words for b in after)] if after else []
        is_typed = words == [self._tokens[place].text]
        return bool(words) and (not fits or all(fits) or (is_typed and any(fits)))

    def _words_at(self, place: int) -> list[str]:
        if not 0 <= place < len(self._tokens):
            return []
        text = self._tokens[place].text
        if text in self._reader.wording:
            return [text]
        return [reading.words[0] for reading in self._reader.meant(text)]

    def best(self) -> list[Token]:
        """Return the tokens of the cheapest way from the first to the last."""
        paths: list[dict[str, _Path]] = [{} for _ in range(len(self._tokens) + 1)]
        paths[0][_STRANGE] = _Path(0.0, None, None)
        for place in range(len(self._tokens)):
            for step in self._steps(place):
                cost, before = min(
                    (path.cost + self._surprise(last, step.words), last)
                    for last, path in paths[place].items()
                )
                known = paths[step.end].get(step.words[-1])
                if known is None or cost + step.cost < known.cost:
                    path = _Path(cost + step.cost, step, paths[place][before])
                    paths[step.end][step.words[-1]] = path
        return self._tokens_of(min(paths[-1].values(), key=lambda path: path.cost))

    def _tokens_of(self, path: "_Path") -> list[Token]:
        tokens: list[Token] = []
        while path.step and path.before:
            tokens[:0] = _cut(path.step, self._tokens)
            path = path.before
        return tokens

    def _surprise(self, before: str, words: Sequence[str]) -> float:
        total = 0.0
        for word in words:
            if word != _STRANGE:
                total += self._reader.wording.surprise(before or None, word)
            before = word
        return total

    def _steps(self, place: int) -> Iterator[_Step]:
        word = self._tokens[place].text
        is_known = word in self._reader.wording
        doubt = _DOUBT if is_known else 0.0
        yield _Step(place, place + 1, (word if is_known else _STRANGE,), (), self._keep(place))
        for words, ends, cost in self._readings.get(place, ()):
            yield _Step(place, place + 1, words, ends, cost + doubt)
        yield from self._join(place)

    def _keep(self, place: int) -> float:
        """Return the cost of a word as it is typed."""
        word = self._tokens[place].text
        if word in self._reader.wording or place not in self._readings:
            return 0.0
        return _RARE_WORD if is_syllable(word) or not has_vowel(word) else _NO_WORD

    def _join(self, place: int) -> Iterator[_Step]:
        """Yield two tokens as one word, where they are no words apart."""
        first, second = self._tokens[place], next(iter(self._tokens[place + 1 : place + 2]), None)
        if second is None or second.start - first.end != 1 or not self._may_join(place):
            return
        joined = first.text + second.text
        if joined in self._reader.wording:
            yield _Step(place, place + 2, (joined,), (len(joined),), ADDED_SPACE)

    def _may_join(self, place: int) -> bool:
        both = {place, place + 1}
        texts = (self._tokens[one].text for one in both)
        is_strange = any(
            not is_syllable(word) or word not in self._reader.wording for word in texts
        )
        return is_strange and not both & self._protected


def _cut(step: _Step, tokens: Sequence[Token]) -> list[Token]:
    """Return the words of a step where they stand in the typed text."""
    if not step.ends:
        return [tokens[step.start]]
    begin, until = tokens[step.start].start, tokens[step.end - 1].end
    places = [begin, *(min(begin + end, until) for end in step.ends[:-1]), until]
    return [
        Token(word, fold_word(word), *span)
        for word, span in zip(step.words, pairwise(places), strict=True)
    ]
