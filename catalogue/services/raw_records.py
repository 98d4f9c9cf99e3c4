"""Keeping records as they came."""

import hashlib
import zlib
from collections.abc import Iterable

from catalogue.models import RawRecord


def raw_sha256(raw: str) -> str:
    """Return the hash by which the text of a record is known again."""
    return hashlib.sha256(raw.encode()).hexdigest()


def keep_raw_records(records: Iterable[tuple[int, str, str, str]]) -> None:
    """Keep (procedure, text, hash it was read as, hash of its version) of each of `records`.

    A text that is kept already is not kept twice; when and as what it was read is renewed.
    """
    RawRecord.objects.bulk_create(
        [
            RawRecord(
                procedure_id=procedure,
                sha256=raw_sha256(raw),
                packed=zlib.compress(raw.encode()),
                read_as=read_as,
                became=became,
            )
            for procedure, raw, read_as, became in records
        ],
        update_conflicts=True,
        unique_fields=["procedure", "sha256"],
        update_fields=["read_as", "became", "read_at"],
    )
