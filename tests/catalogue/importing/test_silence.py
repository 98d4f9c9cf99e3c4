from copy import deepcopy
from typing import Any

from catalogue.importing.silence import keep_unsaid
from factories.catalogue import make_full_document

FILE = "/documents/7/mau.docx"


def record_and_last() -> tuple[dict[str, Any], dict[str, Any]]:
    """A document as a record gives it, and one to which an editor added what records never say."""
    record = make_full_document("1.990003", keywords=[], sets=None)
    paper = record["document_groups"][0]["documents"][0]
    paper |= {"text": "", "form": {"name": "Mẫu 1", "file": None}}
    last = deepcopy(record) | {"keywords": ["ong"], "sets": 2}
    last["online_level"] = {"scheme": "C32", "value": "4"}
    last["document_groups"][0]["documents"][0] |= {
        "text": "Mang theo",
        "form": {"name": "Mẫu 1", "file": FILE},
    }
    return record, last


def first_paper(document: dict[str, Any]) -> dict[str, Any]:
    return document["document_groups"][0]["documents"][0]


def test_what_records_never_say_is_kept() -> None:
    record, last = record_and_last()

    assert keep_unsaid(record, last) == last


def test_first_import_is_taken_as_it_is() -> None:
    record, _last = record_and_last()

    assert keep_unsaid(record, None) == record


def test_form_that_a_record_no_longer_names_keeps_the_file() -> None:
    record, last = record_and_last()
    first_paper(record)["form"] = None

    assert first_paper(keep_unsaid(record, last))["form"] == {"name": "Mẫu 1", "file": FILE}


def test_form_of_another_name_is_new_and_has_no_file() -> None:
    record, last = record_and_last()
    first_paper(record)["form"] = {"name": "Mẫu 2", "file": None}

    assert first_paper(keep_unsaid(record, last))["form"] == {"name": "Mẫu 2", "file": None}


def test_kind_that_a_person_gave_to_a_group_is_kept_while_its_heading_stays() -> None:
    record, last = record_and_last()
    last["document_groups"][0]["kind"] = "one_of"

    assert keep_unsaid(deepcopy(record), last)["document_groups"][0]["kind"] == "one_of"
    record["document_groups"][0]["title"] = "Khác"
    assert keep_unsaid(record, last)["document_groups"][0]["kind"] != "one_of"
