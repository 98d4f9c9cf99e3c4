"""Which words and figures of a free text carry its meaning."""

import re
import unicodedata
from collections import Counter

# A text that gains or loses one of these says another thing: whether, which, or what sort of copy.
TELLING = (
    "không",
    "chưa",
    "hoặc",
    "và",
    "trừ",
    "bản sao",
    "bản chính",
    "chứng thực",
)
_TELLING = re.compile(rf"\b(?:{'|'.join(TELLING)})\b".replace(" ", r"\s+"))
_FIGURES = re.compile(r"\d+")


def keeps_meaning(before: str, after: str) -> bool:
    """Whether both texts hold the same figures in the same order and the same telling words.

    Capitals and the order of the words do not matter, marks do. That is what can be told without
    reading; the rest is for the approver to judge.
    """
    same_figures = _FIGURES.findall(before) == _FIGURES.findall(after)
    return same_figures and _telling_words(before) == _telling_words(after)


def _telling_words(text: str) -> Counter[str]:
    folded = unicodedata.normalize("NFC", text).lower()
    return Counter(" ".join(found.split()) for found in _TELLING.findall(folded))
