"""Slips of the hand and of the ear: what a word might have been, and how unlikely each slip is."""

from collections.abc import Iterator

_LETTERS = "abcdeghiklmnopqrstuvxyz"
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")

# Costs in nats: e to the minus cost is the chance of a slip beside that of typing a word right.
HEARD = 1.5
DOUBLED = 1.5
SWAPPED = 3.0
NEIGHBOUR = 3.5
LOST = 4.0
ADDED = 4.0
REPLACED = 5.0
# Of a short word one other letter leaves little.
SHORT = 1.5
_SHORT_LENGTH = 3

# Sounds that dialects do not tell apart, or that two spellings share: at the start of a syllable,
# at its end, and within.
_ONSETS = (
    ("s", "x"), ("ch", "tr"), ("l", "n"), ("l", "r"), ("d", "gi"), ("d", "r"), ("d", "v"),
    ("gi", "r"), ("gi", "v"), ("r", "v"), ("r", "g"), ("c", "k"), ("c", "q"), ("k", "q"),
    ("g", "gh"), ("ng", "ngh"), ("h", "qu"), ("f", "ph"), ("z", "d"), ("j", "gi"), ("w", "qu"),
)  # fmt: skip
_FINALS = (
    ("n", "ng"), ("n", "nh"), ("t", "c"), ("t", "ch"), ("k", "c"), ("k", "ch"), ("h", "nh"),
    ("g", "ng"), ("n", "m"), ("i", "y"),
)  # fmt: skip
_INSIDE = (
    ("i", "y"), ("ie", "i"), ("ie", "e"), ("iu", "ieu"), ("o", "u"), ("uo", "u"), ("uo", "o"),
    ("uu", "uou"), ("uoi", "ui"), ("oi", "ui"), ("oa", "ua"), ("oe", "ue"), ("ao", "au"),
    ("ai", "ay"),
)  # fmt: skip


def _both_ways(pairs: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return pairs + tuple((b, a) for a, b in pairs)


_ONSET_SLIPS, _FINAL_SLIPS, _INNER_SLIPS = map(_both_ways, (_ONSETS, _FINALS, _INSIDE))


def _neighbours() -> frozenset[tuple[str, str]]:
    """Return the pairs of keys that touch each other on a keyboard."""
    places = {
        key: (row, column) for row, keys in enumerate(_ROWS) for column, key in enumerate(keys)
    }
    return frozenset(
        (a, b)
        for a, (row, column) in places.items()
        for b, (other, beside) in places.items()
        if a != b and abs(row - other) <= 1 and -1 <= column - beside <= 1
    )


_NEIGHBOURS = _neighbours()


def likely_slips(word: str) -> Iterator[tuple[str, float]]:
    """Yield what a folded word was by slips of the ear and of haste, with their costs."""
    for wrong, right in _ONSET_SLIPS:
        if word.startswith(wrong):
            yield right + word[len(wrong) :], HEARD
    for wrong, right in _FINAL_SLIPS:
        if word.endswith(wrong):
            yield word[: -len(wrong)] + right, HEARD
    for wrong, right in _INNER_SLIPS:
        place = word.find(wrong, 1)
        if place > 0:
            yield word[:place] + right + word[place + len(wrong) :], HEARD
    for place in range(len(word) - 1):
        if word[place] == word[place + 1]:
            yield word[:place] + word[place + 1 :], DOUBLED
        else:
            yield word[:place] + word[place + 1] + word[place] + word[place + 2 :], SWAPPED


def letter_slips(word: str) -> Iterator[tuple[str, float]]:
    """Yield what a folded word was if one letter is lost, added or replaced, with the costs."""
    short = SHORT if len(word) <= _SHORT_LENGTH else 0.0
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        if after:
            yield before + after[1:], ADDED + short
        for letter in _LETTERS:
            yield before + letter + after, LOST + short
            if after and letter != after[0]:
                is_near = (letter, after[0]) in _NEIGHBOURS
                yield before + letter + after[1:], short + (NEIGHBOUR if is_near else REPLACED)
