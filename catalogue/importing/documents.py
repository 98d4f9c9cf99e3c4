"""A canonical document from outside: one that this product, here or elsewhere, gave out."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.documents import get_document_model

from catalogue.documents import SCHEMA_NUMBER, FileUnknown, validate_document
from catalogue.documents.lifting import SchemaUnknown, lift
from catalogue.documents.parts import file_id
from catalogue.importing.oddities import oddities_in
from catalogue.importing.records import ReadRecord, RecordInvalid
from catalogue.text import normalise, normalise_lines

# What may run over several lines: every text, and the name of a paper.
_LINES = {"text"}
_LINES_OF_PAPERS = {"text", "name"}
# Where nothing is said there is no text: the page knows no difference, the document says null.
# By name, and by what stands beside it.
_NULL_WHEN_EMPTY = {
    ("case", "text"),
    ("title", "documents"),
    ("code", "key"),
    ("issued_on", "number"),
    ("agency", "number"),
    ("unit", "state"),
    ("url", "decision_number"),
    ("decision_number", "url"),
}


def is_document(value: dict[str, Any]) -> bool:
    """Whether `value` is a canonical document, of whichever schema."""
    return isinstance(value.get("schema"), int)


def read_document_record(document: dict[str, Any]) -> ReadRecord:
    """Return what a canonical `document` says; its keys are kept.

    Raises `RecordInvalid` for a schema that is not known here, `DocumentInvalid` with the places
    to mend.
    """
    try:
        document = lift(document)
    except SchemaUnknown:
        raise RecordInvalid(
            _("the document keeps schema %(given)s, this system reads schema %(known)s")
            % {"given": document["schema"], "known": SCHEMA_NUMBER}
        ) from None
    validate_document(document)
    document = normal_form(document)
    return ReadRecord(
        document,
        document["agencies"]["publishing"]["name"],
        oddities=oddities_in({}, document),
        keys_kept=True,
    )


def refuse_unknown_files(document: dict[str, Any]) -> None:
    """Raise `FileUnknown` for a blank form whose file is not kept on this site."""
    forms = [
        paper["form"]
        for group in document["document_groups"]
        for paper in group["documents"]
        if paper["form"] and paper["form"]["file"]
    ]
    ids = {file_id(form["file"]): form["file"] for form in forms}
    if ids:
        kept = set(get_document_model().objects.filter(pk__in=ids).values_list("pk", flat=True))
        for pk, address in ids.items():
            if pk not in kept:
                raise FileUnknown(address)


def normal_form(document: dict[str, Any]) -> dict[str, Any]:
    """Return `document`, or a part of one, with every text as a page would keep it."""
    return {name: _normal(value, name, document) for name, value in document.items()}


def _normal(value: Any, name: str, owner: dict[str, Any]) -> Any:
    if isinstance(value, dict):
        return normal_form(value)
    if isinstance(value, list):
        return [_normal(item, name, owner) for item in value]
    if not isinstance(value, str):
        return value
    in_lines = name in (_LINES_OF_PAPERS if "originals" in owner else _LINES)
    text = normalise_lines(value) if in_lines else normalise(value)
    optional = any(name == field and mark in owner for field, mark in _NULL_WHEN_EMPTY)
    return text or (None if optional else "")
