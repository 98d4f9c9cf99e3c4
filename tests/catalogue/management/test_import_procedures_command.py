import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from catalogue.models import Procedure
from factories.catalogue import make_ministry

pytestmark = pytest.mark.django_db

RECORD: dict[str, Any] = {
    "code": "1.990003",
    "name": "Cấp giấy nuôi ong",
    "field": "Chăn nuôi",
    "publishing_agency": "Bộ Thử nghiệm",
    "levels": ["commune"],
    "applicants": ["Công dân Việt Nam"],
    "dossier": [{"case": "Hồ sơ năng lực", "documents": []}, {"case": None, "documents": []}],
}


@pytest.fixture(autouse=True)
def _ministry() -> None:
    make_ministry("G99", "Bộ Thử nghiệm")


def write(path: Path, *records: Any, encoding: str = "utf-8") -> Path:
    lines = [r if isinstance(r, str) else json.dumps(r, ensure_ascii=False) for r in records]
    path.write_text("\n".join(lines) + "\n", encoding=encoding)
    return path


def test_file_is_imported_and_summed_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_procedures", write(tmp_path / "rows.jsonl", RECORD, ""))

    assert Procedure.objects.get().code == "1.990003"
    assert capsys.readouterr().out.splitlines()[-1] == (
        "new 1, changed 0, unchanged 0, refused 0, for an editor to look at 1"
    )


def test_x2_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    call_command("import_procedures", write(tmp_path / "r.jsonl", RECORD, encoding="utf-8-sig"))

    assert Procedure.objects.count() == 1


@pytest.mark.parametrize("encoding", ["utf-16", "cp1258"])
def test_x2_file_in_another_encoding_is_refused_with_the_mend(
    tmp_path: Path, encoding: str
) -> None:
    path = tmp_path / "r.jsonl"
    path.write_bytes('{"name": "Đôn ê"}'.encode(encoding))

    with pytest.raises(CommandError, match=r"UTF-(16|8)"):
        call_command("import_procedures", path)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"none\.jsonl: không có tệp này"):
        call_command("import_procedures", tmp_path / "none.jsonl")


def test_x2_bad_lines_are_named_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(
        tmp_path / "r.jsonl",
        RECORD,
        "{broken",
        "[1]",
        RECORD | {"code": None},
        RECORD | {"code": "1.990004", "methods": [{"channel": "pigeon"}]},
        RECORD | {"code": "1.990005", "dossier": "giấy"},
        json.dumps(RECORD | {"code": "1.990006", "name": "\ud800"}),
    )
    report = tmp_path / "report.json"

    with pytest.raises(CommandError, match="Nothing was written"):
        call_command("import_procedures", path, report=report)

    refused = json.loads(report.read_text("utf-8"))["refused"]
    assert [row["line"] for row in refused] == [2, 3, 4, 5, 6, 7]
    assert "line 2 (?): không phải JSON" in capsys.readouterr().err
    assert not Procedure.objects.exists()


HOSTILE = {
    "infinity": '{"dossier": [{"documents": [{"name": "a", "original": 1e400}]}]}',
    "no number": '{"methods": [{"channel": "direct", "time": {"value": NaN, "unit": "day"}}]}',
    "too long": '{"code": ' + "9" * 5_000 + "}",
    "too deep": "[" * 200_000,
    "doubled": '{"code": "1.990003", "code": "1.990004"}',
}


@pytest.mark.parametrize("line", HOSTILE.values(), ids=HOSTILE.keys())
def test_x2_line_that_cannot_be_kept_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str
) -> None:
    with pytest.raises(CommandError, match="Nothing was written"):
        call_command("import_procedures", write(tmp_path / "r.jsonl", RECORD, line))

    assert "line 2 (?): JSON không lưu được" in capsys.readouterr().err
    assert not Procedure.objects.exists()


def test_oddities_are_told_as_a_table_and_in_the_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "report.json"

    call_command(
        "import_procedures", write(tmp_path / "r.jsonl", RECORD), dry_run=True, report=report
    )

    told = {odd["kind"]: odd for odd in json.loads(report.read_text("utf-8"))["oddities"]}
    assert told["steps_missing"] == {
        "kind": "steps_missing",
        "words": "không có trình tự",
        "count": 1,
        "procedures": 1,
        "examples": [{"code": "1.990003", "place": "/steps"}],
    }
    assert "không có trình tự (1.990003/steps)" in capsys.readouterr().out


def test_x2_half_of_a_file_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    text = "\n".join(json.dumps(RECORD | {"code": f"1.99000{n}"}) for n in range(9))
    path.write_text(text[:-20], encoding="utf-8")

    with pytest.raises(CommandError, match="Nothing was written"):
        call_command("import_procedures", path)

    assert not Procedure.objects.exists()


def test_x2_repeated_code_names_both_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path / "r.jsonl", RECORD, RECORD | {"code": "1.990004"}, RECORD)

    with pytest.raises(CommandError):
        call_command("import_procedures", path)

    assert "line 3 (1.990003): mã này đã có ở dòng 1" in capsys.readouterr().err


def test_x2_code_that_is_not_in_the_file_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CommandError):
        call_command("import_procedures", write(tmp_path / "r.jsonl", RECORD), only="1.990009")

    assert "1.990009" in capsys.readouterr().err


def test_dry_run_writes_only_its_report(tmp_path: Path) -> None:
    report = tmp_path / "report.json"

    call_command(
        "import_procedures", write(tmp_path / "r.jsonl", RECORD), dry_run=True, report=report
    )

    told = json.loads(report.read_text("utf-8"))
    assert (told["created"], told["written"]) == (["1.990003"], False)
    assert {doubt["code"] for doubt in told["doubts"]} == {"1.990003"}
    assert not Procedure.objects.exists()
