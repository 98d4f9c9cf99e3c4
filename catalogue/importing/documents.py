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
_NULL_WHEN_EMPTY = {"case", "title", "code", "issued_on", "agency", "unit", "url"}


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


def normal_form(value: Any, name: str = "", *, in_paper: bool = False) -> Any:
    """Return `value`, a document or part of one, with every text as a page would keep it."""
    if isinstance(value, dict):
        paper = "originals" in value
        return {key: normal_form(held, key, in_paper=paper) for key, held in value.items()}
    if isinstance(value, list):
        return [normal_form(item, name, in_paper=in_paper) for item in value]
    if not isinstance(value, str):
        return value
    lines = name in (_LINES_OF_PAPERS if in_paper else _LINES)
    text = normalise_lines(value) if lines else normalise(value)
    return None if not text and name in _NULL_WHEN_EMPTY else text
