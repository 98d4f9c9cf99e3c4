from typing import Any

import pytest

from catalogue.importing.oddities import (
    MAX_EXAMPLES,
    ODDITIES,
    OddityCount,
    count_oddities,
    oddities_in,
)
from catalogue.importing.records import read_record

RECORD: dict[str, Any] = {
    "code": "1.990003",
    "name": "Cấp giấy nuôi ong",
    "field": "Chăn nuôi",
    "publishing_agency": "Bộ Thử nghiệm",
    "levels": ["commune"],
    "applicants": ["Công dân Việt Nam"],
    "competent_agency": "Bộ Thử nghiệm",
    "steps_text": "Nộp hồ sơ",
    "methods": [
        {
            "channel": "direct",
            "time": {"value": 3, "unit": "working_day"},
            "fee_free": True,
            "fees": [],
            "text": "",
        }
    ],
    "dossier": [{"case": None, "documents": [{"name": "Đơn", "original": 1, "copy": 0}]}],
    "results": ["Giấy nuôi ong"],
    "legal_basis_raw": "Luật Chăn nuôi32/2018/QH14",
}


def found(**changes: Any) -> dict[str, list[str]]:
    return read_record(RECORD | changes).oddities


def method(**changes: Any) -> dict[str, Any]:
    return {"methods": [RECORD["methods"][0] | changes]}


def dossier(*headings: str | None, **paper: Any) -> dict[str, Any]:
    held = {"name": "Đơn", "original": 1, "copy": 0} | paper
    return {"dossier": [{"case": heading, "documents": [held]} for heading in headings]}


def test_plain_record_has_nothing_odd() -> None:
    assert found() == {}


ODD = {
    "time_without_unit": method(time={"value": 3, "unit": None}),
    "time_unknown": method(time=None),
    "fee_unknown": method(fee_free=False),
    "fee_small": method(fees=[{"amount": 40, "currency": "VND"}]),
    "fee_free_by_council": method(text="Theo nghị quyết của HĐND tỉnh"),
    "name_long": {"name": "a" * 256},
    "paper_long": dossier(None, name="Đơn " + "a" * 600),
    "step_long": {"steps_text": "a" * 10_001},
    "papers_missing": {"dossier": []},
    "steps_missing": {"steps_text": ""},
    "channels_missing": {"methods": []},
    "levels_missing": {"levels": []},
    "results_missing": {"results": []},
    "acts_missing": {"legal_basis_raw": ""},
    "competent_missing": {"competent_agency": None},
    "heading_empty": dossier(None, "Trường hợp mất", "Trường hợp hỏng"),
    "heading_repeated": dossier("Trường hợp mất", "Trường hợp mất"),
    "kind_doubtful": dossier("Hồ sơ năng lực", "Thành phần hồ sơ"),
    "form_cut": dossier(None, forms=["ị quyết.Mẫu 1.docx"]),
}


def test_every_kind_has_its_case() -> None:
    assert set(ODD) == {oddity.kind for oddity in ODDITIES}


@pytest.mark.parametrize(("kind", "changes"), ODD.items(), ids=ODD.keys())
def test_oddity_is_found_with_its_place(kind: str, changes: dict[str, Any]) -> None:
    places = found(**changes)[kind]

    assert places
    assert all(place.startswith("/") for place in places)


@pytest.mark.parametrize("name", ["Mẫu số 1.docx", "mẫu 2.doc", "01. TK.pdf", "phụ lục.docx"])
def test_whole_name_of_a_form_is_not_odd(name: str) -> None:
    assert "form_cut" not in found(**dossier(None, forms=[name]))


def test_document_without_a_record_is_looked_at_too() -> None:
    document = read_record(RECORD | {"levels": []}).document

    assert oddities_in({}, document) == {"levels_missing": ["/levels"]}


def test_counts_keep_few_examples() -> None:
    counts: dict[str, OddityCount] = {}

    for n in range(MAX_EXAMPLES + 3):
        count_oddities(counts, f"1.{n:06d}", {"levels_missing": ["/levels", "/x"]})

    counted = counts["levels_missing"]
    assert (counted.count, counted.procedures) == (16, 8)
    assert counted.examples == [(f"1.{n:06d}", "/levels") for n in range(MAX_EXAMPLES)]
