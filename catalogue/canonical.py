"""The byte form in which documents are hashed: RFC 8785 JSON."""

import hashlib
from typing import Any

import rfc8785


def canonical_bytes(value: Any) -> bytes:
    """Return `value` (JSON types only) as RFC 8785 canonical JSON."""
    return rfc8785.dumps(value)


def sha256_hex(value: Any) -> str:
    """Return the SHA-256 of the canonical JSON of `value`, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_bytes(value)).hexdigest()
