import math

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from catalogue.canonical import canonical_bytes, sha256_hex

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=4), inner)
    ),
    max_leaves=20,
)


@given(VALUES)
def test_canonical_bytes_are_those_of_rfc_8785(value: object) -> None:
    assert canonical_bytes(value) == rfc8785.dumps(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        # The vectors of RFC 8785, sections 3.2.2 and 3.2.3, and its appendix B.
        (
            {
                "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001],
                "string": '\u20ac$\u000f\nA\'B"\\\\"/',
                "literals": [None, True, False],
            },
            '{"literals":[null,true,false],'
            '"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
            '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
        ),
        (
            {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\u0080": 6, "\u00f6": 7},
            '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"\U0001f600":5,"\ufb33":3}',
        ),
        ([0.0, -0.0, 1.0, 1e21, 1e-7, 9007199254740991], "[0,0,1,1e+21,1e-7,9007199254740991]"),
        ({"b": [], "a": {}}, '{"a":{},"b":[]}'),
    ],
)
def test_canonical_bytes_of_the_standards_vectors(value: object, text: str) -> None:
    assert canonical_bytes(value) == text.encode()


@pytest.mark.parametrize("value", [math.nan, math.inf, 2**53, "\ud800", {1: "a"}])
def test_canonical_bytes_refuse_what_json_cannot_hold(value: object) -> None:
    with pytest.raises((rfc8785.CanonicalizationError, UnicodeEncodeError)):
        canonical_bytes(value)


def test_sha256_does_not_depend_on_the_order_of_keys() -> None:
    assert sha256_hex({"tên": "Đăng ký", "mã": 1}) == sha256_hex({"mã": 1, "tên": "Đăng ký"})
