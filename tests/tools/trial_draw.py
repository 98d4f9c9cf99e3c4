"""Draws procedures of an export by seed, and shows a record beside the document read from it.

tools/trial_draw.py FILE --seed 30 --number 30   lists what is drawn
tools/trial_draw.py FILE --code 1.004222         shows one record and its document
"""

import argparse
import json
import os
import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import django

Record = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path, help="an export in JSON lines")
    parser.add_argument("--seed", type=int, default=30)
    parser.add_argument("--number", type=int, default=30)
    parser.add_argument("--code", help="show this record instead of drawing")
    arguments = parser.parse_args()
    records = read_records(arguments.file)
    if arguments.code:
        print(*beside(records[arguments.code]), sep="\n")
    else:
        for code in draw(records, arguments.seed, arguments.number):
            print(code, records[code]["name"])


def read_records(path: Path) -> dict[str, Record]:
    """Return the records of an export by their code."""
    with path.open(encoding="utf-8") as lines:
        return {record["code"]: record for record in map(json.loads, lines)}


def draw(codes: Iterable[str], seed: int, number: int) -> list[str]:
    """Return the sample of `codes` that `seed` draws, the same one in any order of the file."""
    return random.Random(seed).sample(sorted(codes), number)


def beside(record: Record) -> Iterator[str]:
    """Yield every value of `record`, then of the document read from it, then the doubts."""
    from catalogue.importing.records import read_record

    read = read_record(record)
    yield f"=== record {record['code']}"
    yield from leaves(record)
    yield f"=== document {record['code']}"
    yield from leaves(read.document)
    yield "=== doubts"
    yield from map(str, read.doubts)


def leaves(value: Any, path: str = "") -> Iterator[str]:
    """Yield “path: value” for every value inside that is no list and no object."""
    if not isinstance(value, dict | list):
        yield f"{path}: {value}"
        return
    for name, held in value.items() if isinstance(value, dict) else enumerate(value):
        yield from leaves(held, f"{path}.{name}" if path else str(name))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    main()
