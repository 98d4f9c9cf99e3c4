"""Telex and VNI keystrokes that no input method turned into Vietnamese letters."""

from functools import lru_cache

from search.analysis.spelling import normal_spelling
from search.analysis.syllables import VOWELS, put_tone, split_tone

_LEVEL = "-"
# The acute, grave, hook, tilde, dot and level tone by key of Telex and of VNI.
_TONE_KEYS = dict(zip("sfrxjz123450", f"\u0301\u0300\u0309\u0303\u0323{_LEVEL}" * 2, strict=True))
_MARKED = {
    "a6": "â", "e6": "ê", "o6": "ô", "o7": "ơ", "u7": "ư", "a8": "ă", "d9": "đ",
    "aa": "â", "ee": "ê", "oo": "ô", "ow": "ơ", "uw": "ư", "aw": "ă", "dd": "đ",
}  # fmt: skip


@lru_cache(maxsize=1 << 12)
def decode_keystrokes(word: str) -> str | None:
    """Return the syllable that the keystrokes of a lower-case word mean, None when they mean none.

    Keys of both methods count wherever they stand after their letter: `dduwowngf`, `duongwfd`,
    `d9u7o7ng2` and `đươngf` are all `đường`. Words without such a key mean none.
    """
    letters, tone = split_tone(word)
    typed: list[str] = []
    keys = 0
    for key in letters:
        if key in _TONE_KEYS and any(letter in VOWELS for letter in typed):
            tone = _TONE_KEYS[key]
        elif not _mark(typed, key):
            typed.append(key)
            continue
        keys += 1
    syllable = put_tone("".join(typed), tone.strip(_LEVEL)) if keys else None
    return normal_spelling(syllable) if syllable else None


def _mark(typed: list[str], key: str) -> bool:
    """Put the mark of a key on the last letter that can bear it; tell whether there is one."""
    for place in range(len(typed) - 1, -1, -1):
        marked = _MARKED.get(typed[place] + key)
        if marked and (marked != "đ" or place == 0):
            typed[place] = marked
            if marked == "ơ" and typed[place - 1 : place] == ["u"]:
                typed[place - 1] = "ư"
            return True
    if key == "w":
        typed.append("ư")
    return key == "w"
