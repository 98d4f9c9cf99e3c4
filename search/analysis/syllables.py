"""How a Vietnamese syllable is built: onset, vowels, coda and one tone."""

import re
import unicodedata

from catalogue.text import fold

# Level is no mark; then acute, grave, hook, tilde, dot.
TONES = "\u0301\u0300\u0309\u0303\u0323"
VOWELS = "aăâeêioôơuưy"

_QUALITY_VOWELS = "ăâêôơư"
# With no coda these carry the tone on the second vowel: hoà, khoẻ, thuý.
_RISING = frozenset({"oa", "oe", "uy"})
_SYLLABLE = re.compile(
    r"(?P<onset>ngh|ng|nh|gh|gi(?=[aăâeêoôơuư])|qu(?=[aăâeêioôơy])|kh|ch|ph|th|tr"
    r"|[bcdđghklmnprstvx])?"
    rf"(?P<vowels>[{VOWELS}]{{1,3}})"
    r"(?P<coda>ch|ng|nh|[cmnpt])?"
)
_NUCLEI = re.compile(
    "a|ă|â|e|ê|i|o|ô|ơ|u|ư|y|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iêu|yê|yêu|iu|oa|oai|oao|oay|oă|oe|oeo|"
    "oi|oo|ôi|ơi|ua|uâ|uây|uê|ui|uô|uôi|uơ|uy|uya|uyê|uyu|ưa|ưi|ươ|ươi|ươu|ưu"
)
_PLAIN_NUCLEI = re.compile(fold(_NUCLEI.pattern))


def split_tone(word: str) -> tuple[str, str]:
    """Return a word in NFC without its tone, and the tone as a combining mark or "".

    A word with two tones is no syllable: it is returned as it is, without a tone.
    """
    decomposed = unicodedata.normalize("NFD", word)
    tones = [char for char in decomposed if char in TONES]
    if len(tones) != 1:
        return word, ""
    toneless = "".join(char for char in decomposed if char not in TONES)
    return unicodedata.normalize("NFC", toneless), tones[0]


def put_tone(toneless: str, tone: str) -> str | None:
    """Return a syllable with its tone on the vowel that carries it, None for what is no syllable.

    The second vowel of oa, oe, uy carries it, and what follows qu or gi.
    """
    found = _SYLLABLE.fullmatch(toneless)
    if not found:
        return None
    place = found.start("vowels") + _carrier(found["vowels"], bool(found["coda"]))
    return unicodedata.normalize("NFC", toneless[: place + 1] + tone + toneless[place + 1 :])


def _carrier(vowels: str, closed: bool) -> int:
    marked = [place for place, vowel in enumerate(vowels) if vowel in _QUALITY_VOWELS]
    if marked:
        return marked[-1]
    if closed or len(vowels) == 1:
        return len(vowels) - 1
    return 1 if len(vowels) == 3 or vowels in _RISING else 0


def is_syllable(word: str) -> bool:
    """Tell whether a word in normal spelling could be Vietnamese, with or without its accents."""
    found = _SYLLABLE.fullmatch(split_tone(word)[0])
    return found is not None and any(
        nuclei.fullmatch(found["vowels"]) for nuclei in (_NUCLEI, _PLAIN_NUCLEI)
    )


def has_vowel(word: str) -> bool:
    """Tell whether a word has a vowel; without one it abbreviates others."""
    return any(char in VOWELS for char in split_tone(word)[0])
