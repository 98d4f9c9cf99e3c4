"""Names of people in what readers type; a query that holds one is not kept."""

from itertools import groupby, pairwise

from catalogue.text import fold
from search.analysis import tokenize

# The family names of more than nine in ten Vietnamese.
_FAMILY_NAMES = (
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý trương đinh đoàn"
)
_AS_TYPED = frozenset([*_FAMILY_NAMES.split(), *fold(_FAMILY_NAMES).split()])
# After a family name these are middle names; what the two mean together is no procedure.
_MIDDLE_NAMES = frozenset(["van", "thi"])
_LEAST_WORDS = 3


def names_a_person(text: str) -> bool:
    """Tell whether `text`, as typed, looks as if it held the name of a person.

    That is a family name followed by "Văn" or "Thị", or at the head of three or more capitalised
    words. It may be wrong: it decides only what is not kept.
    """
    tokens = tokenize(text)
    if any(a.text in _AS_TYPED and b.folded in _MIDDLE_NAMES for a, b in pairwise(tokens)):
        return True
    runs = groupby(tokens, key=lambda token: text[token.start : token.end].istitle())
    named = (list(run) for capitalised, run in runs if capitalised)
    return any(len(run) >= _LEAST_WORDS and run[0].text in _AS_TYPED for run in named)
