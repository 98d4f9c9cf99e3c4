"""The records of real procedures, where they lie beside a working copy of the project."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import catalogue

CORPUS = Path(catalogue.__file__).parents[2] / "shared" / "data" / "procedures" / "procedures.jsonl"


@cache
def real_records() -> dict[str, dict[str, Any]]:
    """Return the records by code."""
    with CORPUS.open(encoding="utf-8") as lines:
        return {record["code"]: record for record in map(json.loads, lines)}
