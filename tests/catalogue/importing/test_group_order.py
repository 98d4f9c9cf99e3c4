from typing import Any

import pytest

from catalogue.importing.group_order import BY_NUMBER, by_number
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
