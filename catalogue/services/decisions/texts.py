"""The texts of a decision's items, read with all that is wrong with any of them."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from catalogue.canonical import sha256_hex
from catalogue.documents import DocumentInvalid, place_in_words, read_document, validate_document
from catalogue.enums import DecisionAction
from catalogue.models import DecisionItem, PublicationDecision
from catalogue.services.decisions.states import DecisionRefused, ItemsRefused

Document = dict[str, Any]


def text_items(decision: PublicationDecision) -> QuerySet[DecisionItem]:
    """Return the items that publish a text, in their order."""
    return decision.items.exclude(action=DecisionAction.ABOLISH).order_by("pk")


def items_with_texts(decision: PublicationDecision) -> QuerySet[DecisionItem]:
    """Return the items that publish a text, in their order, with what reading it needs."""
    return text_items(decision).select_related(
        "procedure__field", "procedure__latest_revision", "revision", "decision__agency"
    )


def read_texts(
    items: Iterable[DecisionItem], read: Callable[[DecisionItem], Document]
) -> dict[int, Document]:
    """Return what `read` makes of each item, by the key of its procedure.

    Raises `ItemsRefused` with what is wrong with every one of them.
    """
    documents: dict[int, Document] = {}
    problems: list[tuple[str, str]] = []
    for item in items:
        code = item.procedure.code
        try:
            documents[item.procedure_id] = read(item)
        except DocumentInvalid as error:
            problems += [
                (code, f"{code}: {place_in_words(at)}: {what}") for at, what in error.problems
            ]
        except DecisionRefused as refusal:
            problems += [(code, problem) for problem in refusal.problems]
    if problems:
        raise ItemsRefused(*problems)
    return documents


def text_to_send(item: DecisionItem) -> Document:
    """Return the document of the latest revision of the item's procedure.

    Raises `DecisionRefused`, or `DocumentInvalid` with the places to mend.
    """
    procedure = item.procedure
    revision = procedure.latest_revision
    if revision is None:
        raise DecisionRefused(_("%s has no saved text.") % procedure.code)
    document = read_document(revision.as_object(), item.decision.agency)
    if document["code"] != procedure.code:
        raise DecisionRefused(_("%s: a code never changes.") % procedure.code)
    validate_document(document)
    return document


def text_that_was_sent(item: DecisionItem) -> Document:
    """Return the document that was submitted, or refuse when it would be another one by now.

    One with the hash of its pin was found valid when it was submitted. Raises `DecisionRefused`.
    """
    pinned = item.revision
    same = pinned is not None and pinned.pk == item.procedure.latest_revision_id
    document = read_document(pinned.as_object(), item.decision.agency) if pinned and same else {}
    if sha256_hex(document) != item.sha256:
        raise changed_since(item.procedure.code)
    return document


def changed_since(*codes: str) -> ItemsRefused:
    """Return the refusal of texts that are others by now than what was sent for approval."""
    problem = _("%s was changed after it was sent for approval: it must be sent again.")
    return ItemsRefused(*((code, problem % code) for code in codes))
