"""The canonical document of a procedure: its schema, and the two ways between page and document."""

from catalogue.documents.compiler import compile_document, read_document
from catalogue.documents.lifting import lift
from catalogue.documents.parts import FileUnknown, page_values
from catalogue.documents.places import place_in_words
from catalogue.documents.schema import SCHEMA_NUMBER, DocumentInvalid, keys_in, validate_document

__all__ = [
    "SCHEMA_NUMBER",
    "DocumentInvalid",
    "FileUnknown",
    "compile_document",
    "keys_in",
    "lift",
    "page_values",
    "place_in_words",
    "read_document",
    "validate_document",
]
