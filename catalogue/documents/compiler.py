"""From the page that an editor writes to the document that is approved and published."""

from typing import Any

from catalogue.documents.parts import AGENCY_LINES, LINES, read_lines, read_parts
from catalogue.documents.schema import SCHEMA_NUMBER, validate_document
from catalogue.models import Agency, Procedure
from catalogue.text import normalise


def compile_document(page: Procedure, agency: Agency) -> dict[str, Any]:
    """Return the canonical document of `page`, published by `agency`.

    Raises `DocumentInvalid` with the places to mend.
    """
    document = read_document(page, agency)
    validate_document(document)
    return document


def read_document(page: Procedure, agency: Agency) -> dict[str, Any]:
    """Return what `page` says as a document that may be invalid yet."""
    document: dict[str, Any] = {
        "schema": SCHEMA_NUMBER,
        "code": page.code,
        "name": normalise(page.name),
        "language": "vi",
        "field": {"code": page.field.code or None, "name": page.field.name},
        "levels": page.levels,
        "audiences": page.audiences,
        "agencies": {
            "publishing": {"code": agency.code, "name": agency.name},
            **{name: read_lines(page, name) for name in AGENCY_LINES},
        },
        "sets": page.sets,
        "online_level": {"scheme": page.online_scheme, "value": page.online_value},
        "source": {
            "decision_number": page.source_decision or None,
            "url": page.source_url or None,
        },
    }
    document |= {name: read_lines(page, name) for name in LINES}
    return document | read_parts(page)
