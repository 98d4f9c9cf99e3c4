"""The records that procedures were imported from, byte for byte."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from catalogue.models import Procedure, RawRecord


@dataclass(frozen=True)
class KeptRecord:
    """The text of a record, and when it was last read as something new."""

    read_at: datetime
    text: str


def raw_records(procedure: Procedure) -> Iterator[KeptRecord]:
    """Yield the records that `procedure` was imported from, the latest first."""
    for kept in RawRecord.objects.filter(procedure=procedure).order_by("-read_at", "-pk"):
        yield KeptRecord(kept.read_at, zlib.decompress(kept.packed).decode())
