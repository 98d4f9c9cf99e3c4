"""Hashes of the event chain: what was recorded can be proved, also after its content is erased."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from catalogue.canonical import canonical_bytes, sha256_hex


@dataclass(frozen=True)
class Link:
    """The part of an event that the chain covers; `by` is the primary key of the user."""

    dossier: int
    seq: int
    kind: str
    at: datetime
    by: int | None
    prev_hash: str
    payload_hash: str


def link_hash(link: Link) -> str:
    """Return the hash of an event, which the next one repeats as its `prev_hash`."""
    return sha256_hex(
        {
            "dossier": link.dossier,
            "seq": link.seq,
            "kind": link.kind,
            "at": link.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "by": link.by,
            "prev_hash": link.prev_hash,
            "payload_hash": link.payload_hash,
        }
    )


def payload_hash(*, salt: str, payload: Mapping[str, Any]) -> str:
    """Return the HMAC of a payload under its own `salt` (64 hexadecimal digits).

    The salt is erased with the payload, so that nobody can guess erased content from the hash.
    """
    return hmac.new(bytes.fromhex(salt), canonical_bytes(payload), hashlib.sha256).hexdigest()
