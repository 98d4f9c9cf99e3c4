"""Old documents in the shape of today: lifted when they are read, never where they are stored."""

from collections.abc import Callable, Mapping
from typing import Any

from catalogue.documents.schema import SCHEMA_NUMBER

Document = Mapping[str, Any]
Lift = Callable[[Document], dict[str, Any]]

# From a schema number to the next one. Each is a pure function: it returns a new document.
LIFTS: Mapping[int, Lift] = {}


class SchemaUnknown(LookupError):
    """A document has a schema number that this release cannot read."""


def lift(
    document: dict[str, Any], *, lifts: Mapping[int, Lift] = LIFTS, to: int = SCHEMA_NUMBER
) -> dict[str, Any]:
    """Return `document` in schema number `to`; one that has it already is returned as it is.

    Raises `SchemaUnknown` for a number that no lift leads on from.
    """
    while document["schema"] != to:
        number = document["schema"]
        if number not in lifts:
            raise SchemaUnknown(f"{document.get('code', '?')}: schema {number}")
        document = {**lifts[number](document), "schema": number + 1}
    return document
