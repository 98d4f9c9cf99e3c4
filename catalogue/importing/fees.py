"""What the cell of fees says: the export glues the fee and the description of the row together."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from catalogue.enums import FeeState
from catalogue.importing.amounts import SMALLEST_AMOUNT, names_a_council
from catalogue.text import fold, normalise, normalise_lines

_FREE = "Miễn phí"
_UNTOLD = "Không có thông tin"
_CURRENCY = r"(?:Việt Nam Đồng|VNĐ|VND|Đồng|đồng|USD|EUR|Đô la Mỹ|Euro)"
_AMOUNT = re.compile(rf"\s*(?:(?:Phí|Lệ phí)\s*:\s*)?\d[\d.,]*\s*{_CURRENCY}")
# What a note beside “free” says when money is due after all, and when it is not.
_MONEY = re.compile(r"\d[\d.,]*\s*(?:trieu |nghin |ngan )?(?:dong|vnd|usd|euro|d)\b|%")
_TARIFF = re.compile(r"theo quy dinh|thong tu|nghi dinh|nghi quyet|muc thu|bieu phi")
_EXEMPT = re.compile(r"khong thu|duoc mien|^\W*(?:mien|khong|chua)")
_NOTHING = re.compile(r"\W*(?:khong|khong co|mien phi|khong quy dinh|khong co thong tin)?\W*")


@dataclass(frozen=True)
class FeeCell:
    """The cell taken apart: the note on a fee in brackets, and the description behind it."""

    note: str
    description: str


def read_cell(text: str) -> FeeCell:
    """Return the note and the description of a cell of fees."""
    rest = text.strip()
    for word in (_FREE, _UNTOLD):
        if rest.startswith(word):
            note, rest = _bracketed(rest.removeprefix(word))
            return FeeCell(normalise_lines(note), normalise_lines(rest))
    notes = []
    while amount := _AMOUNT.match(rest):
        note, rest = _bracketed(rest[amount.end() :])
        notes.append(normalise_lines(note))
    return FeeCell("\n".join(filter(None, notes)), normalise_lines(rest))


def _bracketed(text: str) -> tuple[str, str]:
    """Return what stands in the bracket with which `text` begins, and what follows it."""
    if not text.lstrip().startswith("("):
        return "", text
    text = text.lstrip()
    depth = 0
    for place, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return text[1:place], text[place + 1 :]
    # It is never closed: what stands behind the last bracket is the description.
    end = text.rfind(")")
    return (text[1 : end + 1], text[end + 1 :]) if end > 0 else (text[1:], "")


def read_fees(n: int, method: dict[str, Any], cell: FeeCell) -> list[dict[str, Any]]:
    """Return the fees of the `n`th method; silence is unknown and never free."""
    fees = method.get("fees") or []
    if method.get("fee_free"):
        return _beside_free(n, fees, method.get("text") or "", cell.note)
    if fees:
        return _plain(n, _with_note(fees, cell.note))
    text = method.get("text") or ""
    if names_a_council(text):
        return [_worded(f"f{n}", FeeState.DELEGATED, cell.note or normalise_lines(text))]
    return [_worded(f"f{n}", FeeState.UNKNOWN, cell.note)]


def _beside_free(
    n: int, fees: Sequence[dict[str, Any]], text: str, note: str
) -> list[dict[str, Any]]:
    """Return the one fee of a row flagged free: the note may say that money is due."""
    folded = fold(normalise(note))
    kept = "" if _NOTHING.fullmatch(folded) else note
    if names_a_council(text):
        return [_worded(f"f{n}", FeeState.DELEGATED, kept or normalise_lines(text))]
    if _MONEY.search(folded) or any(fee.get("amount") for fee in fees):
        return [_worded(f"f{n}", FeeState.STATED, kept)] if kept else _plain(n, fees)
    tariff = _TARIFF.search(folded) and not _EXEMPT.search(folded)
    return [_worded(f"f{n}", FeeState.UNKNOWN if tariff else FeeState.FREE, kept)]


def _with_note(fees: Sequence[dict[str, Any]], note: str) -> Sequence[dict[str, Any]]:
    """Give the note of the cell to fees without any; amounts picked out of it are no fees."""
    if not note or any(fee.get("kind") or fee.get("note") for fee in fees):
        return fees
    first, *others = fees
    spelled = {fee.get("amount"): f"{fee.get('amount') or 0:,.0f}" for fee in others}
    kept = [fee for fee in others if spelled[fee.get("amount")].replace(",", ".") not in note]
    return [first | {"note": note}, *kept]


def _plain(n: int, fees: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [_fee(f"f{n}_{m}", fee) for m, fee in enumerate(fees, 1)]


def _worded(key: str, state: FeeState, text: str) -> dict[str, Any]:
    return {"key": key, "state": state, "value": None, "unit": None, "text": text}


def _fee(key: str, fee: dict[str, Any]) -> dict[str, Any]:
    amount, unit = fee.get("amount"), fee.get("currency") or None
    parts = (fee.get("kind"), fee.get("note"))
    text = normalise_lines("\n".join(part for part in parts if part))
    if _is_usable(amount, unit) and f"{amount:g}.000" not in text:
        stated = {"state": FeeState.STATED, "value": int(amount or 0), "unit": unit}
        return _worded(key, FeeState.STATED, text) | stated
    if amount == 0 and fee.get("kind") and not fee.get("note"):
        text = f"{text}: 0 {unit or ''}".strip()
    shown = text or (f"{amount:g} {unit or ''}".strip() if amount is not None else "")
    state = FeeState.DELEGATED if names_a_council(text) else FeeState.UNKNOWN
    return _worded(key, state, shown)


def _is_usable(amount: Any, unit: str | None) -> bool:
    whole = isinstance(amount, int | float) and float(amount).is_integer()
    return whole and (unit != "VND" or amount >= SMALLEST_AMOUNT)
