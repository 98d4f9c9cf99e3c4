from typing import Any

import pytest

from catalogue.importing.group_order import BY_NUMBER, by_number, papers_in_order
from catalogue.importing.records import read_record


def groups(*headings: str | None) -> list[dict[str, Any]]:
    return [{"case": heading, "documents": [{"name": "Đơn"}]} for heading in headings]


@pytest.mark.parametrize(
    ("given", "read"),
    [
        (["1. A", "10. B", "2. C"], ["1. A", "2. C", "10. B"]),
        (["2) A", "1. B", "(3) C"], ["1. B", "2) A", "(3) C"]),
        ([None, "2. A", "", "1. B"], [None, "1. B", "", "2. A"]),
        (["2. A", "Lưu ý", "1. B"], ["2. A", "Lưu ý", "1. B"]),
        (["2. A", "1. B", "1. C"], ["2. A", "1. B", "1. C"]),
        (["1.2. A", "1.1. B"], ["1.2. A", "1.1. B"]),
        (["30 ngày", "15 ngày"], ["30 ngày", "15 ngày"]),
        ([], []),
    ],
)
def test_groups_stand_in_the_order_of_their_numbers(
    given: list[str | None], read: list[str | None]
) -> None:
    assert [group["case"] for group in by_number(groups(*given))] == read


def test_record_put_in_order_is_told_to_an_editor() -> None:
    record = {
        "code": "1.000001",
        "name": "Thủ tục thử",
        "field": "Thử",
        "publishing_agency": "Bộ Thử",
        "dossier": groups("2. Trường hợp hai", "1. Trường hợp một"),
    }

    read = read_record(record)

    titles = [(group["key"], group["title"]) for group in read.document["document_groups"]]
    assert titles == [("g1", "1. Trường hợp một"), ("g2", "2. Trường hợp hai")]
    assert f"document_groups: {BY_NUMBER}" in map(str, read.doubts)


def note_or_paper(name: str, *, note: bool = False) -> dict[str, Any]:
    return {"name": name, "note": note}


def test_papers_are_put_in_the_order_of_their_letters_and_notes_stay() -> None:
    names = ["c) Ba", "Lưu ý", "đ) Năm", "a. Một", "d) Bốn", "b) Hai"]

    ordered = papers_in_order([note_or_paper(name, note=name == "Lưu ý") for name in names])

    told = [paper["name"] for paper in ordered]
    assert told == ["a. Một", "Lưu ý", "b) Hai", "c) Ba", "d) Bốn", "đ) Năm"]


@pytest.mark.parametrize("names", [["b) Hai", "a) Một", "Đơn"], ["b) Hai", "b) Một"], []])
def test_papers_without_letters_of_their_own_stay(names: list[str]) -> None:
    assert [p["name"] for p in papers_in_order(list(map(note_or_paper, names)))] == names
