"""The results of a record: names and codes that the export cut at the wrong letter."""

import re
from collections.abc import Sequence
from typing import Any

from catalogue.text import normalise

# “KQ.G10.001439Văn”: the code, and the first word of the next name.
_CODE = re.compile(r"[0-9A-Z.\-]*\d")
_CODE_INSIDE = re.compile(r"\s*Mã:\s*([0-9A-Z.\-]*\d)\s*")


def read_results(names: Sequence[str], codes: Sequence[str | None]) -> list[dict[str, Any]]:
    """Return the results, each with its own code, `None` where the export has none."""
    paired = codes if len(codes) == len(names) else [None] * len(names)
    results: list[tuple[str, str | None]] = []
    word = ""
    for name, written in zip(names, paired, strict=True):
        whole = normalise(f"{word} {name or ''}")
        cell = normalise(written or "")
        found = _CODE.match(cell)
        code, word = (found[0], cell[found.end() :]) if found else (None, cell)
        results += _with_code_inside(whole, code)
    return [
        {"key": f"k{n}", "name": name, "code": code} for n, (name, code) in enumerate(results, 1)
    ]


def _with_code_inside(name: str, code: str | None) -> list[tuple[str, str | None]]:
    """Return “A Mã: 1 B” as A with the code 1, and B with `code`."""
    *inside, last = zip(*[iter([*_CODE_INSIDE.split(name), code])] * 2, strict=True)
    pairs = [*inside, last] if last[0] else inside
    return [(str(name), code) for name, code in pairs if name]
