"""Spellings of one Vietnamese syllable that mean the same, brought to one form."""

import re
import unicodedata

from search.analysis.syllables import put_tone, split_tone

# Eth and the African D look like Đ and come from old fonts and keyboards; so do Cyrillic letters
# in names of companies and codes.
_LOOK_ALIKES = str.maketrans("ðɖасеорху", "đđaceopxy")
# Zero-width marks and soft hyphens stand inside words of copied texts.
_NO_LETTER = re.compile(r"[^\w\u0300-\u036f]|_")
# "nứơc", "nưóc" and "nuớc" are slips of old keyboards for "nước"; only "thuở" ends in uơ.
_HALF_HORN = re.compile("ưo|uơ(?=[iuy]|[cmnpt])")
# "lí", "kĩ", "sĩ", "công ti", "qui định" are the other accepted spelling of "lý", "quy định".
_OPEN_I = re.compile("([hklmst]|qu)i(?![aăâeêoôơuư])")


def normal_spelling(word: str) -> str:
    """Return the one form under which search knows a word.

    Compatibility forms (full width) as plain letters, NFC, lower case, every stroked d as đ, the
    tone where it belongs, ươ whole, final i as y.
    """
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", word).lower())
    plain = _NO_LETTER.sub("", plain.translate(_LOOK_ALIKES))
    toneless, tone = split_tone(plain)
    toneless = _with_y(_HALF_HORN.sub("ươ", toneless))
    placed = put_tone(toneless, tone) if tone else toneless
    return placed or plain


def _with_y(toneless: str) -> str:
    found = _OPEN_I.match(toneless)
    if found and (found[1] == "qu" or found.end() == len(toneless)):
        return toneless[: found.end() - 1] + "y" + toneless[found.end() :]
    return toneless
