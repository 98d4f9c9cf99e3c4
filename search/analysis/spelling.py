"""Spellings of one Vietnamese syllable that mean the same, brought to one form."""

import re
import unicodedata

_TONES = "\u0300\u0301\u0303\u0309\u0323"

# Eth and the African D look like Đ and come from old fonts and keyboards.
_STROKED_D = str.maketrans({"ð": "đ", "ɖ": "đ"})


def _compose(letter: str, tone: str) -> str:
    return unicodedata.normalize("NFC", letter + tone)


def _tone_moves() -> dict[str, str]:
    moves = {}
    for tone in _TONES:
        for first, second in ("oa", "oe", "uy"):
            moves[_compose(first, tone) + second] = first + _compose(second, tone)
        for second in "aâăeêioôơ":
            moves["q" + _compose("u", tone) + second] = "qu" + _compose(second, tone)
    return moves


_MOVES = _tone_moves()
_MOVE = re.compile("|".join(_MOVES))

# "lí", "kĩ", "sĩ", "công ti" are the other accepted spelling of "lý", "kỹ", "sỹ", "công ty".
_FINAL_I = dict(zip("iìíĩỉị", "yỳýỹỷỵ", strict=True))
_OPEN_I = re.compile(f"([hklmst])([{''.join(_FINAL_I)}])")


def place_tone(word: str) -> str:
    """Return the word with its tone on the second vowel of oa, oe, uy and after qu.

    `word` is NFC and lower case: `hòa` and `hoà` both become `hoà`.
    """
    return _MOVE.sub(lambda found: _MOVES[found.group()], word)


def normal_spelling(word: str) -> str:
    """Return the one form under which search knows a word.

    NFC, lower case, every stroked d as đ, tone placement, final i/y.
    """
    word = unicodedata.normalize("NFC", word).lower()
    word = unicodedata.normalize("NFC", word).translate(_STROKED_D)
    word = place_tone(word)
    if open_i := _OPEN_I.fullmatch(word):
        return open_i[1] + _FINAL_I[open_i[2]]
    return word
