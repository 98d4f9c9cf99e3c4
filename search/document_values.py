"""Exact values of a canonical document, by which answers are narrowed and put in order."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from catalogue.text import sort_key
from search.analysis.terms import PAIR_MARK

FREE, PAID, BY_CASE, UNKNOWN = "free", "paid", "by_case", "unknown"
_FEE_KINDS = {"free": FREE, "stated": PAID, "delegated": PAID}

# No name goes on beyond so many letters without differing from its neighbours before.
_LONGEST_KEY = 240
# Of a word so many letters are enough to tell it.
LONGEST_START = 12
# Stands between a sort key and the code that makes it unique; no sort key contains it.
_CODE_MARK = "~"
# Level 1 of the code of a province: official, and provisional until it has one (D20 art. 4(2)).
_PROVINCIAL = ("H", "X")


_MILLION = 1_000_000


def fee_kind(document: Mapping[str, Any]) -> str:
    """Return free, paid, by_case or unknown; nothing is free unless every fee is known to be."""
    kinds = {
        _FEE_KINDS.get(fee["state"], UNKNOWN)
        for channel in document["channels"]
        for limit in channel["time_limits"]
        for fee in limit["fees"]
    }
    if len(kinds) > 1:
        return BY_CASE
    return kinds.pop() if kinds else UNKNOWN


def publishing_province(document: Mapping[str, Any]) -> str | None:
    """Return the code of the province that lists a procedure, None for what ministries list."""
    level_1: str = (document["agencies"]["publishing"]["code"] or "").partition(".")[0]
    return level_1 if level_1.startswith(_PROVINCIAL) else None


def starts_of(words: Iterable[str]) -> list[str]:
    """Return with what each word begins, itself among it: `hon` → `h`, `ho`, `hon`."""
    ends = ((word, range(1, min(len(word), LONGEST_START) + 1)) for word in words)
    return list(dict.fromkeys(word[:end] for word, several in ends for end in several))


def starts_of_pairs(words: Sequence[str]) -> list[str]:
    """Return neighbouring words, the second of them begun: `ket`, `hon` → `ket_h`, `ket_ho` …

    Nothing stands before the first word: `_k`, `_ke`, `_ket`.
    """
    pairs = pairwise(["", *words])
    return [f"{word}{PAIR_MARK}{start}" for word, after in pairs for start in starts_of([after])]


def order_by_name(title: str, code: str) -> str:
    """Return a value whose byte order is Vietnamese order; `code` tells equal names apart."""
    return f"{sort_key(title)[:_LONGEST_KEY]}{_CODE_MARK}{code}"


def order_by_newest(valid_from: date | None, code: str) -> str:
    """Return a value whose byte order puts first what came into force last."""
    return f"{date.max.toordinal() - (valid_from or date.min).toordinal():07}{_CODE_MARK}{code}"


def ordered_code(value: str) -> str:
    """Return the code within a value of an order."""
    return value.rpartition(_CODE_MARK)[2]


def popularity(uses: int) -> float:
    """Return 0 for a procedure that nobody uses to 1 for one used a million times, by orders."""
    return min(uses.bit_length() / _MILLION.bit_length(), 1.0)
