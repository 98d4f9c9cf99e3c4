import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.agency_codes import (
    AgencyCodeError,
    from_c01_order,
    to_c01_order,
    validate_agency_code,
)

LEVEL_1 = st.from_regex(r"\A[A-Y][0-9]{2}\Z")
GROUPS = st.tuples(
    st.from_regex(r"\A[0-9]{2}\Z"), st.from_regex(r"\A[0-9]{2}\Z"), st.from_regex(r"\A[0-9]{3}\Z")
)


@pytest.mark.parametrize(
    ("d20", "c01"),
    [
        ("H18", "000.00.00.H18"),
        ("H18.05", "000.00.05.H18"),
        ("H18.05.12", "000.12.05.H18"),
        ("H18.05.12.007", "007.12.05.H18"),
        ("H18.00.12", "000.12.00.H18"),
    ],
)
def test_code_order_both_ways(d20: str, c01: str) -> None:
    # C01 art. 19(1), D20 art. 4(2) and (3)
    assert to_c01_order(d20) == c01
    assert from_c01_order(c01) == d20


@given(level_1=LEVEL_1, groups=GROUPS)
def test_code_order_returns_the_same_code(level_1: str, groups: tuple[str, str, str]) -> None:
    written = ".".join([*reversed(groups), level_1])

    assert to_c01_order(from_c01_order(written)) == written


@pytest.mark.parametrize("code", ["H18", "G12.X01", "H18.X03127", "A00." + "9" * 31])
def test_agency_code_accepted(code: str) -> None:
    validate_agency_code(code)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "h18",
        "Z18",
        "H1",
        "H181",
        "H18.",
        "H18..05",
        "H18.đ1",
        "H18-05",
        "H18\n",
        "H１8",
        "000.00.00.H18",
        "A00." + "9" * 32,
    ],
)
def test_agency_code_refused(code: str) -> None:
    with pytest.raises(AgencyCodeError):
        validate_agency_code(code)


@pytest.mark.parametrize("code", ["H18.X03127", "H18.5", "H18.05.12.07", "H18.05.12.007.01", "Z18"])
def test_code_that_c01_cannot_write_refused(code: str) -> None:
    with pytest.raises(AgencyCodeError):
        to_c01_order(code)


@pytest.mark.parametrize(
    "code",
    ["", "H18", "00.00.H18", "0000.00.00.H18", "00A.00.00.H18", "000.00.00.Z18", "٠00.00.00.H18"],
)
def test_malformed_c01_code_refused(code: str) -> None:
    with pytest.raises(AgencyCodeError):
        from_c01_order(code)
