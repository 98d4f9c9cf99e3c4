"""What a reader means, written as one writes it."""

from collections.abc import Iterator, Sequence

from search.analysis import Lexicon, Token, has_accents, restore_accents, tokenize
from search.lexicon import current_lexicon, read_words
from search.query import MAX_TERMS

# The accents of a single word are anyone's guess.
_MIN_WORDS = 2


def meant_text(text: str) -> str | None:
    """Return `text` with accents and spelling as they were meant, None where that is as typed.

    Numbers, codes and unknown words stay as typed. Accents are restored only to a text without
    any, and only if those of every word are sure.
    """
    typed = tokenize(text)[:MAX_TERMS]
    read = read_words(typed)
    words = _words(read, current_lexicon())
    if words == [token.text for token in typed]:
        return None
    return "".join(_written(text, typed, read, words))


def _words(read: Sequence[Token], lexicon: Lexicon) -> list[str]:
    words = [token.text for token in read]
    if len(read) < _MIN_WORDS or has_accents(read):
        return words
    return restore_accents(read, lexicon) or words


def _written(
    text: str, typed: Sequence[Token], read: Sequence[Token], words: Sequence[str]
) -> Iterator[str]:
    """Yield the pieces of the text, those that are meant otherwise as texts mostly write them."""
    as_typed = {(token.start, token.end, token.text) for token in typed}
    forms = current_lexicon().written
    done = 0
    for token, word in zip(read, words, strict=True):
        is_glued = bool(done) and token.start == done
        yield " " if is_glued else text[done : token.start]
        is_kept = (token.start, token.end, word) in as_typed
        yield text[token.start : token.end] if is_kept else forms.get(word, word)
        done = token.end
    yield text[done:]
