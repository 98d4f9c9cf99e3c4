from datetime import date

import pytest

from catalogue.enums import Level
from catalogue.importing.records import ReadRecord
from catalogue.models import Agency
from catalogue.services.import_agencies import AgencyUnclear, KnownAgencies
from factories.catalogue import make_agency, make_full_document, make_ministry

pytestmark = pytest.mark.django_db

NAME, DAY = "Bộ Thử nghiệm", date(2026, 4, 1)


def found(name: str = NAME, code: str = "", *, keys_kept: bool = False) -> Agency:
    agencies = make_full_document()["agencies"] | {"publishing": {"code": code, "name": name}}
    read = ReadRecord(make_full_document(agencies=agencies), name, keys_kept=keys_kept)
    return KnownAgencies(day=DAY).of(read)


def test_name_is_found_however_it_is_written() -> None:
    ministry = make_ministry("G99", NAME)

    assert found("bộ THỬ nghiệm") == ministry


def test_x2_name_of_several_agencies_is_refused_with_their_codes() -> None:
    make_ministry("G98", NAME)
    make_ministry("G99", NAME)

    with pytest.raises(AgencyUnclear, match=r"G98, G99|G99, G98"):
        found()


@pytest.mark.parametrize("code", ["G98", "G99"])
def test_document_names_one_of_several_by_its_code(code: str) -> None:
    make_ministry("G98", NAME)
    make_ministry("G99", NAME)

    assert found(code=code, keys_kept=True).code == code


def test_name_of_a_document_comes_before_the_code_of_another_agency() -> None:
    ministry = make_ministry("G99", NAME)
    make_ministry("G01", "Bộ Công an")

    assert found(code="G01", keys_kept=True) == ministry


def test_document_is_found_by_its_code_where_nobody_has_the_name() -> None:
    ministry = make_ministry("G99", "Bộ Đã đổi tên")

    assert found(code="G99", keys_kept=True) == ministry


def test_ended_agency_leaves_its_name_to_the_one_that_follows() -> None:
    following = make_ministry("G98", NAME)
    make_agency("G99", name=NAME, level=Level.MINISTRY, valid_to=DAY)

    assert found() == following


def test_agency_that_ends_later_still_publishes() -> None:
    ending = make_agency("G99", name=NAME, level=Level.MINISTRY, valid_to=date(2026, 4, 2))

    assert found() == ending


@pytest.mark.parametrize("keys_kept", [False, True])
def test_x2_ended_agency_is_refused_with_the_mend(keys_kept: bool) -> None:
    make_agency("G99", name=NAME, level=Level.MINISTRY, valid_to=DAY)

    with pytest.raises(AgencyUnclear, match="kế thừa"):
        found(code="G99", keys_kept=keys_kept)


def test_x2_unknown_agency_is_refused() -> None:
    with pytest.raises(AgencyUnclear, match=NAME):
        found()
