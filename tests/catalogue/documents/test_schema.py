import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalogue.canonical import sha256_hex
from catalogue.documents import SCHEMA_NUMBER, DocumentInvalid, validate_document
from catalogue.documents.schema import validator
from catalogue.models import Field, LegalAct, Procedure
from factories.catalogue import GOLDEN_DOCUMENT, make_full_document

GOLDEN_SHA256 = "cf8d5476724ff2a5960d06e14b92de09adc45f6875fffe4006e1c35eed17cf14"
GOLDEN_FOLDER = Path(GOLDEN_DOCUMENT).parent


def changed(change: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
    document = make_full_document()
    change(document)
    return document


def problems(document: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(DocumentInvalid) as refused:
        validate_document(document)
    return refused.value.problems


def test_golden_document_of_schema_1_never_changes() -> None:
    document = json.loads(GOLDEN_DOCUMENT.read_text("utf-8"))

    validate_document(document)

    assert sha256_hex(document) == GOLDEN_SHA256


def test_every_schema_number_has_a_golden_document() -> None:
    names = sorted(path.name for path in GOLDEN_FOLDER.glob("procedure-*.json"))

    assert names == [f"procedure-{number}.json" for number in range(1, SCHEMA_NUMBER + 1)]


def channel(document: dict[str, Any]) -> dict[str, Any]:
    return document["channels"][0]


def limit(document: dict[str, Any]) -> dict[str, Any]:
    return channel(document)["time_limits"][0]


def paper(document: dict[str, Any]) -> dict[str, Any]:
    return document["document_groups"][0]["documents"][0]


def basis(document: dict[str, Any]) -> dict[str, Any]:
    return document["legal_bases"][0]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda d: d.update(colour="red"), "/"),
        (lambda d: d.update(name=""), "/name"),
        (lambda d: d.update(code="mã số"), "/code"),
        (lambda d: d.update(schema=2), "/schema"),
        (lambda d: d.pop("steps"), "/"),
        (lambda d: d.update(audiences=["robot"]), "/audiences/0"),
        (lambda d: channel(d).update(kind="pigeon"), "/channels/0/kind"),
        (lambda d: limit(d).update(unit="week"), "/channels/0/time_limits/0/unit"),
        (lambda d: limit(d).update(value=-1), "/channels/0/time_limits/0/value"),
        (lambda d: limit(d)["fees"][0].update(value=1.5), "/channels/0/time_limits/0/fees/0/value"),
        (
            lambda d: limit(d)["fees"][0].update(state="cheap"),
            "/channels/0/time_limits/0/fees/0/state",
        ),
        (lambda d: limit(d).update(value=None), "/channels/0/time_limits/0/value"),
        (lambda d: d["document_groups"][0].update(kind="maybe"), "/document_groups/0/kind"),
        (lambda d: paper(d).update(originals="1"), "/document_groups/0/documents/0/originals"),
        (lambda d: paper(d).update(script="x"), "/document_groups/0/documents/0"),
        (lambda d: basis(d).update(issued_on="2026-02-30"), "/legal_bases/0/issued_on"),
        (lambda d: basis(d).update(issued_on="30/02/2026"), "/legal_bases/0/issued_on"),
    ],
)
def test_document_that_breaks_the_schema_is_refused_at_its_place(
    change: Callable[[dict[str, Any]], Any], place: str
) -> None:
    assert [found for found, _problem in problems(changed(change))] == [place]


def test_document_with_a_repeated_key_is_refused_with_the_list_named() -> None:
    document = changed(lambda d: paper(d).update(key="d3"))

    found = problems(document)

    assert found == [("/document_groups", "Hai phần có cùng khóa “d3”.")]


def test_document_may_use_a_key_in_two_lists() -> None:
    validate_document(changed(lambda d: d["steps"][0].update(key="c1")))


def test_document_with_ten_faults_tells_the_code_and_the_first_ones() -> None:
    document = changed(lambda d: d.update({f"extra{n}": n for n in range(10)}))

    with pytest.raises(DocumentInvalid, match=rf"^{document['code']}: /: "):
        validate_document(document)


COLUMNS = {
    ("field", "code"): (Field, "code"),
    ("field", "name"): (Field, "name"),
    ("online_level", "scheme"): (Procedure, "online_scheme"),
    ("online_level", "value"): (Procedure, "online_value"),
    ("source", "decision_number"): (Procedure, "source_decision"),
    ("source", "url"): (Procedure, "source_url"),
    ("legal_bases", "number"): (LegalAct, "number"),
    ("legal_bases", "agency"): (LegalAct, "issuer"),
}


@pytest.mark.parametrize(("part", "name"), COLUMNS, ids="-".join)
def test_text_of_a_document_fits_the_column_that_holds_it(part: str, name: str) -> None:
    model, column = COLUMNS[part, name]
    described = validator(SCHEMA_NUMBER).schema["properties"][part]
    described = described.get("items", described)["properties"][name]

    assert described["maxLength"] == model._meta.get_field(column).max_length
