import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from catalogue import clock
from catalogue.canonical import canonical_bytes, sha256_hex
from catalogue.documents import SCHEMA_NUMBER, lift, validate_document
from catalogue.documents.lifting import LIFTS, SchemaUnknown
from catalogue.models import ProcedureVersion
from catalogue.selectors.procedures import resolve_procedure
from factories.catalogue import GOLDEN_DOCUMENT, make_full_document, make_version

GOLDEN = sorted(GOLDEN_DOCUMENT.parent.glob("procedure-*.json"))


def with_sets_in_words(document: Mapping[str, Any]) -> dict[str, Any]:
    return {**document, "sets": {"count": document["sets"]}}


def with_a_motto(document: Mapping[str, Any]) -> dict[str, Any]:
    return {**document, "motto": f"{document['sets']['count']} bộ"}


NEXT = {1: with_sets_in_words, 2: with_a_motto}


def test_every_earlier_schema_number_has_a_lift() -> None:
    assert sorted(LIFTS) == list(range(1, SCHEMA_NUMBER))


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_golden_document_of_every_number_is_lifted_to_a_valid_one(path: Any) -> None:
    document = json.loads(path.read_text("utf-8"))
    before = canonical_bytes(document)

    lifted = lift(document)

    validate_document(lifted)
    assert canonical_bytes(document) == before


def test_golden_document_of_the_number_of_today_equals_itself() -> None:
    document = make_full_document("1.990001")

    assert lift(document) is document


def test_document_is_lifted_one_number_after_the_other() -> None:
    document = make_full_document("1.990001", sets=2)
    before = canonical_bytes(document)

    lifted = lift(document, lifts=NEXT, to=3)

    assert (lifted["schema"], lifted["sets"], lifted["motto"]) == (3, {"count": 2}, "2 bộ")
    assert canonical_bytes(document) == before


@pytest.mark.parametrize("number", [0, SCHEMA_NUMBER + 1])
def test_document_of_an_unknown_number_is_told(number: int) -> None:
    with pytest.raises(SchemaUnknown, match=f"1.990001: schema {number}"):
        lift(make_full_document("1.990001", schema=number))


@pytest.mark.django_db
def test_reading_a_version_leaves_its_stored_bytes() -> None:
    version = make_version(begins=clock.today() - timedelta(days=1))

    resolved = resolve_procedure(version.code)

    stored = ProcedureVersion.objects.get(pk=version.pk)
    assert sha256_hex(resolved.document) == stored.sha256 == sha256_hex(stored.document)
