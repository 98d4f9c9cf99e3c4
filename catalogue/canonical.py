"""The byte form in which documents are hashed: RFC 8785 JSON."""

import hashlib
import json
from typing import Any

import rfc8785

_LARGEST_INTEGER = 2**53 - 1


def canonical_bytes(value: Any) -> bytes:
    """Return `value` (JSON types only) as RFC 8785 canonical JSON."""
    if _is_plain(value):
        # The standard library writes the same bytes here, ten times as fast.
        text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return text.encode()
    return rfc8785.dumps(value)


def sha256_hex(value: Any) -> str:
    """Return the SHA-256 of the canonical JSON of `value`, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_bytes(value)).hexdigest()


def _is_plain(value: Any) -> bool:
    """Whether `value` has no float and no key whose order depends on the encoding."""
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return True
    if kind is dict:
        return all(type(key) is str and key.isascii() for key in value) and all(
            _is_plain(part) for part in value.values()
        )
    if kind is list:
        return all(_is_plain(part) for part in value)
    return kind is int and abs(value) <= _LARGEST_INTEGER
