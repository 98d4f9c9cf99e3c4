"""Accents given back to words that were typed without them."""

from collections.abc import Sequence

from search.analysis.lexicon import Lexicon
from search.analysis.tokens import Token

# A spelling is sure when the next likely one is e² times less likely in its place.
_SURE = 2.0
# Rarer spellings of a word are not worth their time.
_MOST_SPELLINGS = 12

_Costs = list[dict[str, float]]


def restore_accents(tokens: Sequence[Token], lexicon: Lexicon) -> list[str] | None:
    """Return the likeliest spelling of each word, or None where one is not sure.

    Words that the lexicon does not know, and numbers, stay as they are.
    """
    spellings = [_spellings(token, lexicon) for token in tokens]
    words = []
    for to_here, from_here in zip(*_ways(spellings, lexicon), strict=True):
        through = sorted((to_here[word] + from_here[word], word) for word in to_here)
        if len(through) > 1 and through[1][0] - through[0][0] < _SURE:
            return None
        words.append(through[0][1])
    return words


def _spellings(token: Token, lexicon: Lexicon) -> Sequence[str]:
    return lexicon.spellings.get(token.folded, [])[:_MOST_SPELLINGS] or [token.text]


def _ways(spellings: Sequence[Sequence[str]], lexicon: Lexicon) -> tuple[_Costs, _Costs]:
    """Return the costs of the best ways from the beginning to each spelling, and on to the end."""
    surprise = lexicon.accented.surprise
    to_here: _Costs = []
    for here in spellings:
        before = to_here[-1] if to_here else {}
        to_here.append(
            {
                b: min((before[a] + surprise(a, b) for a in before), default=surprise(None, b))
                for b in here
            }
        )
    from_here: _Costs = []
    for here in reversed(spellings):
        after = from_here[-1] if from_here else {}
        from_here.append(
            {a: min((after[b] + surprise(a, b) for b in after), default=0.0) for a in here}
        )
    return to_here, from_here[::-1]
