import json
from pathlib import Path

from tools.trial_draw import beside, draw, leaves, read_records

CODES = [f"1.{n:06}" for n in range(100)]


def record(code: str = "1.000001") -> dict[str, object]:
    return {
        "code": code,
        "name": "Cấp giấy phép",
        "field": "Đường bộ",
        "publishing_agency": "Bộ Xây dựng",
        "steps_text": "Nộp hồ sơ",
    }


def test_draw_is_the_same_in_any_order() -> None:
    drawn = draw(CODES, seed=30, number=5)

    assert drawn == draw(reversed(CODES), seed=30, number=5)
    assert drawn != draw(CODES, seed=31, number=5)


def test_records_are_found_by_code(tmp_path: Path) -> None:
    file = tmp_path / "export.jsonl"
    file.write_text("\n".join(json.dumps(record(code)) for code in CODES[:2]), "utf-8")

    assert read_records(file) == {code: record(code) for code in CODES[:2]}


def test_leaves_name_the_place_of_every_value() -> None:
    assert list(leaves({"a": [{"b": 1}, None], "c": "text"})) == [
        "a.0.b: 1",
        "a.1: None",
        "c: text",
    ]


def test_record_stands_beside_its_document() -> None:
    lines = list(beside(record()))

    middle = lines.index("=== document 1.000001")
    assert "steps_text: Nộp hồ sơ" in lines[:middle]
    assert "steps.0.text: Nộp hồ sơ" in lines[middle:]
