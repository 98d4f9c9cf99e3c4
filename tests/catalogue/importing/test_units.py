import json
from pathlib import Path

import pytest

from catalogue.models import Agency
from catalogue.services.agencies import AgencyImportError, import_agencies
from factories.catalogue import make_agency

pytestmark = pytest.mark.django_db

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "units" / "2025"


def unit(code: str, name: str, *wards: dict) -> dict:
    return {"Code": code, "FullName": name, "FullNameEn": name, "Wards": list(wards)}


def write(path: Path, units: object) -> Path:
    file = path / "units.json"
    file.write_text(json.dumps(units), encoding="utf-8")
    return file


def test_unknown_units_get_provisional_codes(tmp_path: Path) -> None:
    file = write(tmp_path, [unit("98", "Tỉnh Ví Dụ", unit("98001", "Xã Một"))])

    import_agencies(path=file)

    commune = Agency.objects.get(place_code="98001")
    assert commune.code == "X98.X98001"
    assert commune.name == "Uỷ ban nhân dân xã Một"
    assert commune.parent.code == "X98"
    assert commune.code_status == "provisional"


def test_known_unit_keeps_its_official_code(tmp_path: Path) -> None:
    make_agency(code="H98", place_code="98", kind="peoples_committee", code_status="official")
    file = write(tmp_path, [unit("98", "Tỉnh Ví Dụ", unit("98001", "Xã Một"))])

    import_agencies(path=file)

    assert Agency.objects.get(place_code="98").code_status == "official"
    assert Agency.objects.get(place_code="98001").code == "H98.X98001"


def test_merged_unit_ends_and_ministries_stay(tmp_path: Path) -> None:
    ministry = make_agency(code="G98", kind="ministry", level="ministry")
    first = write(tmp_path, [unit("98", "Tỉnh A"), unit("97", "Tỉnh B")])
    import_agencies(path=first)

    result = import_agencies(path=write(tmp_path, [unit("98", "Tỉnh A")]))

    ministry.refresh_from_db()
    assert result.ended == 1
    assert Agency.objects.get(place_code="97").valid_to is not None
    assert ministry.valid_to is None


@pytest.mark.parametrize("content", [{"a": 1}, [{"Code": "98"}], [1], "Tỉnh"])
def test_file_of_another_shape_is_refused(tmp_path: Path, content: object) -> None:
    file = write(tmp_path, content)

    with pytest.raises(AgencyImportError, match=r"units\.json"):
        import_agencies(path=file)

    assert not Agency.objects.exists()


if SHARED.is_dir():

    def test_shipped_list_agrees_with_the_official_units() -> None:
        import_agencies()

        result = import_agencies(path=SHARED / "units_full.json")

        assert (result.created, result.changed, result.ended) == (0, 0, 0)
        assert result.unchanged == 34 + 3321
