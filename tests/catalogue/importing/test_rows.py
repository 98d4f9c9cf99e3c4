import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from catalogue.importing.files import RecordText
from catalogue.importing.rows import Row, RowFile, read_row
from factories.catalogue import make_full_document

RECORD: dict[str, Any] = {
    "code": "1.990003",
    "name": "Cấp giấy nuôi ong",
    "field": "Chăn nuôi",
    "publishing_agency": "Bộ Thử nghiệm",
}


def row(value: Any, asked: str = "") -> Row:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return read_row(RecordText(7, text), asked)


def test_record_is_read_and_kept_as_it_came() -> None:
    read = row(RECORD)

    assert (read.line, read.code, read.problem) == (7, "1.990003", "")
    assert json.loads(read.raw) == RECORD
    assert read.read is not None
    assert not read.read.keys_kept


def test_x2_decomposed_letters_are_composed() -> None:
    decomposed = {key: unicodedata.normalize("NFD", text) for key, text in RECORD.items()}

    read = row(decomposed).read

    assert read is not None
    assert read.document["name"] == "Cấp giấy nuôi ong"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"code": "1.990003", "name": "Cấp gi', "bị cắt cụt giữa bản ghi"),
        ('{"code": "1.990003",', "bị cắt cụt giữa bản ghi"),
        ('{"code" "1.990003"}', "không phải JSON"),
        ("[1]", "không phải một đối tượng JSON"),
    ],
)
def test_x2_line_that_is_no_record_says_why(text: str, told: str) -> None:
    assert told in row(text).problem


@pytest.mark.parametrize("acts", ["[" * 100_000, '[{"trich_yeu": NaN}]', "[1"])
def test_x2_list_of_acts_that_cannot_be_read_refuses_its_row(acts: str) -> None:
    refused = row(RECORD | {"legal_basis_raw": acts})

    assert (refused.line, refused.code, refused.read) == (7, "1.990003", None)
    assert "legal_basis_raw" in refused.problem


@pytest.mark.parametrize("name", ["CÊp giÊy phÐp nu«i ong", "Thuû tuïc caáp giaáy pheùp nuoâi ong"])
def test_x2_name_in_an_old_encoding_is_refused(name: str) -> None:
    assert "TCVN3" in row(RECORD | {"name": name}).problem


@pytest.mark.parametrize("name", ["Phép “nuôi ong” của Müller & Søn", "Toà án, thuỷ sản, Cà Ná"])
def test_name_in_unicode_is_read(name: str) -> None:
    assert row(RECORD | {"name": name}).problem == ""


def test_x2_record_of_another_code_than_asked_for_is_refused() -> None:
    assert row(RECORD, "1.990003").problem == ""
    assert "1.990009" in row(RECORD, "1.990009").problem


def test_x2_record_whose_address_names_another_code_is_refused() -> None:
    other = "https://example.vn (ChiTietTTHC_1.990009.doc)"

    assert "1.990009" in row(RECORD | {"source_url": other}).problem
    assert row(RECORD | {"source_url": other.replace("9.doc", "3.doc")}).problem == ""


@pytest.mark.parametrize(
    "enclose",
    [
        lambda code, document: {code: document},
        lambda code, document: {"code": code, "document": document},
    ],
)
def test_x2_object_around_a_document_must_name_its_code(enclose: Any) -> None:
    document = make_full_document("1.990003")

    assert row(enclose("1.990003", document)).problem == ""
    assert "1.990009" in row(enclose("1.990009", document)).problem


def test_document_keeps_its_keys() -> None:
    document = make_full_document("1.990003")

    read = row(document).read

    assert read is not None
    assert read.keys_kept
    assert read.document == document


def test_document_is_brought_into_normal_form() -> None:
    document = make_full_document("1.990003", name="Đăng  ký\nnuôi ong ")
    document["steps"][0] |= {"text": "Một \r\n\r\n hai", "case": ""}

    read = row(document).read

    assert read is not None
    assert read.document["name"] == "Đăng ký nuôi ong"
    assert read.document["steps"][0]["text"] == "Một\nhai"
    assert read.document["steps"][0]["case"] is None


def test_document_that_breaks_the_schema_names_the_places() -> None:
    assert "/levels" in row(make_full_document("1.990003", levels="commune")).problem
    assert "lược đồ 99" in row(make_full_document("1.990003", schema=99)).problem


def written(path: Path, *records: Any) -> Path:
    path.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    return path


def test_only_the_asked_procedure_is_taken(tmp_path: Path) -> None:
    path = written(tmp_path / "r.jsonl", RECORD, RECORD | {"code": "1.990004"})

    assert [one.code for one in RowFile(path, "1.990004")] == ["1.990004"]
    [missing] = RowFile(path, "1.990009")
    assert (missing.read, missing.code) == (None, "1.990009")


def test_x2_file_named_after_a_code_holds_no_other(tmp_path: Path) -> None:
    [read] = RowFile(written(tmp_path / "1.990003.json", RECORD))
    [refused] = RowFile(written(tmp_path / "1.990009.json", RECORD))

    assert read.problem == ""
    assert "1.990009" in refused.problem
