import json
import os
import tracemalloc
from operator import length_hint
from pathlib import Path
from typing import Any

import pytest

from catalogue.importing import files
from catalogue.importing.files import FileRefused, RecordFile


def written(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def records(path: Path) -> list[tuple[int, Any]]:
    return [(record.line, json.loads(record.text)) for record in RecordFile(path)]


def test_lines_are_read_with_their_numbers(tmp_path: Path) -> None:
    path = written(tmp_path / "r.jsonl", '\ufeff{"a": 1}\r\n\n  \n{"a": 2}')

    assert records(path) == [(1, {"a": 1}), (4, {"a": 2})]
    assert length_hint(RecordFile(path)) == 3


@pytest.mark.parametrize("indent", [None, 1])
def test_array_is_read_entry_by_entry(tmp_path: Path, indent: int | None) -> None:
    entries = [{"a": ']}\\"' * n, "b": [n]} for n in range(40)]
    path = written(tmp_path / "r.json", json.dumps(entries, indent=indent))

    read = records(path)

    assert [value for _line, value in read] == entries
    assert [line for line, _value in read][:2] == ([1, 1] if indent is None else [2, 8])
    assert length_hint(RecordFile(path)) == 0


def test_object_over_several_lines_is_one_record(tmp_path: Path) -> None:
    path = written(tmp_path / "r.json", json.dumps({"a": {"b": [1, 2]}}, indent=2))

    assert records(path) == [(1, {"a": {"b": [1, 2]}})]


def test_empty_array_holds_no_record(tmp_path: Path) -> None:
    assert records(written(tmp_path / "r.json", " [ ] ")) == []


FOREIGN = {
    "xml": (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>', "XML"),
    "laughs": (b"\n <!DOCTYPE lolz []>", "XML"),
    "xlsx": (b"PK\x03\x04" + b"x" * 100, "bảng tính"),
    "xls": (b"\xd0\xcf\x11\xe0", "bảng tính"),
    "pdf": (b"%PDF-1.7", "PDF"),
    "gzip": (b"\x1f\x8b\x08", "giải nén"),
}


@pytest.mark.parametrize(("content", "told"), FOREIGN.values(), ids=FOREIGN.keys())
def test_x1_file_of_another_kind_is_refused_unparsed(
    tmp_path: Path, content: bytes, told: str
) -> None:
    with pytest.raises(FileRefused, match=told):
        RecordFile(written(tmp_path / "r.jsonl", content))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("mã;tên;lĩnh vực\n1.1;a;b", "“;”"),
        ("code,name,field\n", "“,”"),
        ("code\tname\tfield\n", "“TAB”"),
        ("", "tệp trống"),
        (" \n\n", "tệp trống"),
        ('{"a": 1}'.encode("utf-16"), "UTF-16"),
        ('{"a": 1}'.encode("utf-16-le"), "UTF-16"),
    ],
)
def test_x2_file_that_is_no_json_is_refused_with_the_mend(
    tmp_path: Path, content: bytes | str, told: str
) -> None:
    with pytest.raises(FileRefused, match=told):
        RecordFile(written(tmp_path / "r.jsonl", content))


def test_x2_line_in_an_old_encoding_is_named_with_its_byte(tmp_path: Path) -> None:
    path = written(tmp_path / "r.jsonl", b'{"a": 1}\n{"a": "b\xb8n"}\n')

    with pytest.raises(FileRefused, match=r"dòng 2, byte 17: .*TCVN3"):
        records(path)


@pytest.mark.parametrize("start", ["[", "[1,\n"])
def test_x2_array_in_an_old_encoding_is_named_with_its_line(tmp_path: Path, start: str) -> None:
    path = written(tmp_path / "r.json", start.encode() + b'{"a": "b\xb8n"}]')

    with pytest.raises(FileRefused, match=f"dòng {start.count(chr(10)) + 1}, byte"):
        records(path)


def test_x2_letter_cut_between_two_reads_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_CHUNK", 3)
    entries = [{"tên": "Đăng ký"}, {"tên": "Ổn định"}]

    path = written(tmp_path / "r.json", json.dumps(entries, ensure_ascii=False))

    assert [value for _line, value in records(path)] == entries


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('[{"a": 1},\n{"a": 2}', "dòng 2: danh sách bị cắt cụt"),
        ('[{"a": 1},\n{"a": ', "dòng 2: không phải JSON"),
        ("[" * 100_000, "dòng 1: JSON lồng nhau quá sâu"),
    ],
)
def test_x2_broken_array_is_named_with_its_line(tmp_path: Path, content: str, told: str) -> None:
    with pytest.raises(FileRefused, match=told):
        records(written(tmp_path / "r.json", content))


def test_x2_record_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_RECORD_BYTES", 1 << 20)
    text = '{"a": "' + "x" * (3 << 20)

    for start in ("", "["):
        with pytest.raises(FileRefused, match="dài hơn 1 MB"):
            records(written(tmp_path / "r.json", start + text))


def test_folder_and_missing_file_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="thư mục"):
        RecordFile(tmp_path)
    with pytest.raises(FileRefused, match="không có tệp này"):
        RecordFile(tmp_path / "none")


if os.geteuid() != 0:  # root may read everything

    def test_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
        path = written(tmp_path / "r.jsonl", "{}")
        path.chmod(0)

        with pytest.raises(FileRefused, match="không được phép đọc"):
            RecordFile(path)


@pytest.mark.parametrize("opening", ["", "["])
def test_x2_long_file_takes_no_more_memory_than_a_short_one(tmp_path: Path, opening: str) -> None:
    record = json.dumps({"a": "x" * 10_000})
    path = tmp_path / "r.json"
    with path.open("w") as file:
        separator = ",\n" if opening else "\n"
        file.write(opening + separator.join([record] * 2_000) + ("]" if opening else ""))

    tracemalloc.start()
    count = sum(1 for _record in RecordFile(path))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert path.stat().st_size > 20_000_000
    assert count == 2_000
    assert peak < 2_000_000
