import io
import time
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from catalogue import clock
from catalogue.models import Agency
from catalogue.selectors.changes import last_sequence
from catalogue.services.agencies import (
    AGENCIES_FILE,
    COLUMNS,
    AgencyImportError,
    import_agencies,
    read_agencies,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

MINISTRY = "G15\tofficial\tministry\tministry\t\t\tBộ Tư pháp\tMinistry of Justice\t\t"
PROVINCE = (
    "H18\tofficial\tpeoples_committee\tprovince\t\t11\tTỉnh Điện Biên\tDien Bien Province\t\t"
)
COMMUNE = (
    "H18.X03127\tprovisional\tpeoples_committee\tcommune\tH18\t03127\tPhường Điện Biên Phủ"
    "\tDien Bien Phu Ward\t2025-07-01\t"
)


def write(folder: Path, *lines: str) -> Path:
    path = folder / "agencies.tsv"
    path.write_text("\n".join(["\t".join(COLUMNS), *lines]) + "\n", encoding="utf-8")
    return path


def test_shipped_list_has_every_unit_of_2025() -> None:
    rows = read_agencies(AGENCIES_FILE)

    counted = Counter(row.level for row in rows if row.kind == "peoples_committee")
    assert counted == {"province": 34, "commune": 3321}
    assert len({row.place_code for row in rows if row.place_code}) == 34 + 3321


def test_shipped_list_gives_no_official_code_to_a_merged_or_renamed_body() -> None:
    rows = read_agencies(AGENCIES_FILE)

    official = [row for row in rows if row.code_status == "official"]
    assert [row.code for row in official if row.valid_from] == []


def test_shipped_list_imports_within_five_seconds() -> None:
    began = time.process_time()

    result = import_agencies()

    assert time.process_time() - began < 5
    assert result.created == Agency.objects.count() == len(read_agencies(AGENCIES_FILE))


def test_second_import_changes_nothing() -> None:
    first = import_agencies()

    second = import_agencies()

    assert (second.created, second.changed, second.ended) == (0, 0, 0)
    assert second.unchanged == first.created


def test_import_builds_the_tree(tmp_path: Path) -> None:
    import_agencies(path=write(tmp_path, COMMUNE, PROVINCE))

    commune = Agency.objects.get(code="H18.X03127")
    assert commune.parent == Agency.objects.get(code="H18")
    assert commune.path == "/H18/H18.X03127/"
    assert commune.place_code == "03127"


def test_committee_is_named_after_its_place(tmp_path: Path) -> None:
    import_agencies(path=write(tmp_path, PROVINCE, COMMUNE))

    names = dict(Agency.objects.values_list("code", "name"))
    assert names == {
        "H18": "Uỷ ban nhân dân tỉnh Điện Biên",
        "H18.X03127": "Uỷ ban nhân dân phường Điện Biên Phủ",
    }
    assert Agency.objects.get(code="H18").name_en == "People's Committee of Dien Bien Province"


def test_changed_row_is_updated(tmp_path: Path) -> None:
    import_agencies(path=write(tmp_path, MINISTRY))

    result = import_agencies(path=write(tmp_path, MINISTRY.replace("of Justice", "for Justice")))

    assert (result.created, result.changed) == (0, 1)
    assert Agency.objects.get().name_en == "Ministry for Justice"


def test_vanished_committee_is_kept_and_ended(tmp_path: Path) -> None:
    import_agencies(path=write(tmp_path, MINISTRY, PROVINCE, COMMUNE))

    with clock.frozen(datetime(2026, 9, 1, 8, tzinfo=clock.LOCAL_TZ)):
        result = import_agencies(path=write(tmp_path, MINISTRY, PROVINCE))
        again = import_agencies(path=write(tmp_path, MINISTRY, PROVINCE))

    assert (result.ended, again.ended) == (1, 0)
    assert f"{Agency.objects.get(code='H18.X03127').valid_to}" == "2026-09-01"


def test_department_that_the_list_never_names_stays(tmp_path: Path) -> None:
    import_agencies(path=write(tmp_path, PROVINCE))
    Agency.objects.create(
        code="H18.XSTP", name="Sở Tư pháp", kind="department", level="province", path="/x/"
    )

    import_agencies(path=write(tmp_path, PROVINCE))

    assert Agency.objects.get(code="H18.XSTP").valid_to is None


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([MINISTRY, MINISTRY], r"line 3: the code G15 stands already in agencies.tsv, line 2"),
        ([MINISTRY, COMMUNE], r"line 3: no agency has the code H18"),
        ([PROVINCE.replace("H18\t", "h18\t")], r"line 2: h18: level 1 must be"),
        ([MINISTRY.replace("ministry\tministry", "office\tministry")], r"line 2: 'office'"),
        ([MINISTRY.replace("Bộ Tư pháp", " ")], r"line 2: the name is missing"),
        ([COMMUNE.replace("2025-07-01", "01/07/2025")], r"line 2: .*01/07/2025"),
        ([COMMUNE + "2025-06-01"], r"line 2: H18.X03127 ends before it begins"),
        ([MINISTRY.rpartition("\t")[0]], r"line 2: 10 columns expected"),
        ([MINISTRY + "\tmore"], r"line 2: 10 columns expected"),
        ([PROVINCE.replace("province\t\t", "province\tH18\t")], r"line 2: H18 lies under itself"),
        ([], r"no agencies"),
    ],
)
def test_wrong_list_refused_naming_the_line(tmp_path: Path, lines: list[str], message: str) -> None:
    path = write(tmp_path, *lines)

    with pytest.raises(AgencyImportError, match=message):
        import_agencies(path=path)

    assert not Agency.objects.exists()


def test_wrong_header_refused(tmp_path: Path) -> None:
    path = tmp_path / "agencies.tsv"
    path.write_text("code\tname\n")

    with pytest.raises(AgencyImportError, match="line 1: the columns must be code, code_status"):
        import_agencies(path=path)


def test_command_imports_a_file_and_reports(tmp_path: Path) -> None:
    out = io.StringIO()

    call_command("import_agencies", write(tmp_path, PROVINCE, COMMUNE), stdout=out)

    assert "2" in out.getvalue()
    assert Agency.objects.count() == 2


def test_command_on_a_wrong_file_says_the_line(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="line 2: no agency has the code H18"):
        call_command("import_agencies", write(tmp_path, COMMUNE))


def test_command_on_a_missing_file_fails(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"nothing\.tsv"):
        call_command("import_agencies", tmp_path / "nothing.tsv")


def test_import_makes_kept_pages_anew_where_it_changes_something(tmp_path: Path) -> None:
    before = last_sequence()
    import_agencies(path=write(tmp_path, MINISTRY))
    after = last_sequence()
    import_agencies(path=write(tmp_path, MINISTRY))

    assert (after - before, last_sequence() - after) == (1, 0)
