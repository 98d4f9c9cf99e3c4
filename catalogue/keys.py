"""Permanent keys: what differences, local values, forms and provenance refer to."""

import secrets
from copy import deepcopy
from typing import Any

from wagtail.blocks import StreamValue

PART_FIELDS = (
    "steps",
    "channels",
    "document_groups",
    "requirements",
    "results",
    "legal_bases",
)


def new_key() -> str:
    """Return a fresh key: a letter, then nine characters without look-alikes."""
    alphabet = "23456789abcdefghjkmnpqrstuvwxyz"
    return "k" + "".join(secrets.choice(alphabet) for _ in range(9))


def with_keys(parts: StreamValue) -> StreamValue:
    """Return `parts` in which every struct has a key that no other part of the field has.

    A part that has a key keeps it; a missing or repeated one (a duplicated block brings its
    original's along) is made anew.
    """
    raw = deepcopy(parts.get_prep_value())
    seen: set[str] = set()
    for child in raw:
        _give_keys(child["value"], seen)
    return StreamValue(parts.stream_block, raw, is_lazy=True)


def with_fresh_keys(value: Any) -> Any:
    """Return a copy of `value`, a document or some of its parts, with new keys in all parts."""
    if isinstance(value, list):
        return [with_fresh_keys(item) for item in value]
    if not isinstance(value, dict):
        return value
    copied = {name: with_fresh_keys(nested) for name, nested in value.items()}
    return copied | {"key": new_key()} if "key" in value else copied


def _give_keys(value: dict[str, Any], seen: set[str]) -> None:
    if "key" in value:
        if not value["key"] or value["key"] in seen:
            value["key"] = new_key()
        seen.add(value["key"])
    for nested in value.values():
        if isinstance(nested, list):
            for item in nested:
                _give_keys(item["value"], seen)
