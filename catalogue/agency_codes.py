"""Identification codes of agencies in their two written orders.

Stored codes put level 1 first, as Decision 20/2020 art. 4(2) and (3) orders it: `H18.05`. Circular
01/2018 art. 19(1) writes the same code with level 1 last and every level filled: `000.00.05.H18`.
"""

import re

MAX_LENGTH = 35  # D20 art. 4(1)

_LEVEL_1 = re.compile(r"[A-Y][0-9]{2}")  # D20 art. 4(2): M from A to Y, then two digits
_GROUP = re.compile(r"[A-Z0-9]+")
# Widths of levels 2, 3 and 4 in V1V2V3.Z1Z2.Y1Y2.MX1X2 (C01 art. 19(1)).
_C01_WIDTHS = (2, 2, 3)


class AgencyCodeError(ValueError):
    """A code that D20 art. 4 does not allow, or that C01 art. 19 cannot write."""


def validate_agency_code(code: str) -> None:
    """Check that `code` is a D20 code: level 1 first, groups of A-Z and 0-9, 35 characters at most.

    Raises `AgencyCodeError` with the reason (D20 art. 4(1) and (2)).
    """
    if len(code) > MAX_LENGTH:
        raise AgencyCodeError(f"{code}: longer than {MAX_LENGTH} characters")
    level_1, *groups = code.split(".")
    if not _LEVEL_1.fullmatch(level_1):
        raise AgencyCodeError(f"{code}: level 1 must be a letter from A to Y and two digits")
    if not all(_GROUP.fullmatch(group) for group in groups):
        raise AgencyCodeError(f"{code}: a group may hold only A-Z and 0-9")


def to_c01_order(code: str) -> str:
    """Return the D20 code `code` as C01 art. 19(1) writes it, for example `000.00.00.H18`.

    Raises `AgencyCodeError` for a malformed code, and for one whose levels do not fit the three
    groups of 2, 2 and 3 digits of that order.
    """
    validate_agency_code(code)
    level_1, *groups = code.split(".")
    if len(groups) > len(_C01_WIDTHS):
        raise AgencyCodeError(f"{code}: more than four levels")
    for group, width in zip(groups, _C01_WIDTHS, strict=False):
        if len(group) != width or not group.isdigit():
            raise AgencyCodeError(f"{code}: group {group} is not {width} digits")
    unused = ["0" * width for width in _C01_WIDTHS[len(groups) :]]
    return ".".join([*reversed([*groups, *unused]), level_1])


def from_c01_order(code: str) -> str:
    """Return the code `code`, written as C01 art. 19(1) orders it, as a D20 code.

    Levels of zeros below the last one in use are dropped. Raises `AgencyCodeError`.
    """
    *groups, level_1 = code.split(".")
    groups.reverse()
    widths = tuple(len(group) for group in groups)
    if widths != _C01_WIDTHS or not all(group.isdigit() for group in groups):
        raise AgencyCodeError(f"{code}: not of the form 000.00.00.H18")
    while groups and not groups[-1].strip("0"):
        groups.pop()
    result = ".".join([level_1, *groups])
    validate_agency_code(result)
    return result
