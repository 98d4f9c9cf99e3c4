from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.agency_codes import AgencyCodeError
from onestop.codes import (
    InvalidDossierCode,
    SerialsExhausted,
    dossier_code,
    parse_dossier_code,
)

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("agency", "serial", "code"),
    [
        ("H18", 1, "H18-261124-0001"),
        ("H18.05", 27, "H18.05-261124-0027"),
        ("H18.X03127", 9_999, "H18.X03127-261124-9999"),
    ],
)
def test_dossier_code_has_agency_day_and_serial(agency: str, serial: int, code: str) -> None:
    assert str(dossier_code(agency_code=agency, day=DAY, serial=serial)) == code


def test_dossier_code_never_gets_a_fifth_digit() -> None:
    with pytest.raises(SerialsExhausted, match="H18 has used all 9999"):
        dossier_code(agency_code="H18", day=DAY, serial=10_000)


def test_dossier_code_refuses_bad_parts() -> None:
    with pytest.raises(InvalidDossierCode):
        dossier_code(agency_code="H18", day=DAY, serial=0)
    with pytest.raises(AgencyCodeError):
        dossier_code(agency_code="18", day=DAY, serial=1)


@pytest.mark.parametrize(
    "typed", ["h18-261124-0001", " H18 - 261124 - 0001 ", "H18–261124–0001", "H18-261124-0001\n"]
)
def test_dossier_code_is_read_as_people_type_it(typed: str) -> None:
    assert str(parse_dossier_code(typed)) == "H18-261124-0001"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "H18",
        "H18-261124-1",
        "H18-261124-00001",
        "H18-261324-0001",
        "H18-261124-0000",
        "18-261124-0001",
        "H18..1-261124-0001",
        "H18-２61124-0001",
        "000.00.00.H18-181030-0001",
    ],
)
def test_dossier_code_of_another_form_is_refused(text: str) -> None:
    with pytest.raises(InvalidDossierCode):
        parse_dossier_code(text)


@given(
    st.from_regex(r"[A-Y][0-9]{2}(\.[0-9A-Z]{1,6}){0,3}", fullmatch=True),
    st.dates(date(2000, 1, 1), date(2068, 12, 31)),
    st.integers(1, 9_999),
)
def test_dossier_code_survives_writing_and_reading(agency: str, day: date, serial: int) -> None:
    code = dossier_code(agency_code=agency, day=day, serial=serial)

    assert parse_dossier_code(str(code)) == code
