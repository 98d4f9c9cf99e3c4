"""Dossier codes: `<agency code>-YYMMDD-NNNN` (C01 art. 19(1), agency code in the order of D20)."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from catalogue.agency_codes import AgencyCodeError, validate_agency_code
from catalogue.text import normalise

# C01 art. 19(1): four digits; a fifth is never written.
LAST_SERIAL = 9_999
_CODE = re.compile(r"(?P<agency>[A-Z0-9.]+)-(?P<day>[0-9]{6})-(?P<serial>[0-9]{4})")


class InvalidDossierCode(ValueError):
    """A text that is no dossier code; the message says why."""


class SerialsExhausted(Exception):
    """An agency has given out all 9,999 codes of a day: the dossier is received tomorrow."""

    def __init__(self, agency_code: str, day: date) -> None:
        super().__init__(f"{agency_code} has used all {LAST_SERIAL} dossier codes of {day}.")
        self.agency_code = agency_code
        self.day = day


@dataclass(frozen=True)
class DossierCode:
    """The parts of a dossier code: who received it, on which day, and its place in that day."""

    agency_code: str
    day: date
    serial: int

    def __str__(self) -> str:
        return f"{self.agency_code}-{self.day:%y%m%d}-{self.serial:04d}"


def dossier_code(*, agency_code: str, day: date, serial: int) -> DossierCode:
    """Return the code of the `serial`-th dossier that an agency received on `day` in Vietnam.

    Raises `AgencyCodeError`, and `SerialsExhausted` above 9,999.
    """
    validate_agency_code(agency_code)
    if serial > LAST_SERIAL:
        raise SerialsExhausted(agency_code, day)
    if serial < 1:
        raise InvalidDossierCode(f"{serial}: serials begin with 1")
    return DossierCode(agency_code, day, serial)


def parse_dossier_code(text: str) -> DossierCode:
    """Return the parts of a dossier code as people type it: any case, stray spaces and dashes.

    Raises `InvalidDossierCode`.
    """
    written = normalise_code(text)
    match = _CODE.fullmatch(written)
    if match is None:
        raise InvalidDossierCode(f"{written}: not of the form H18-261124-0001")
    try:
        validate_agency_code(match["agency"])
        day = datetime.strptime(match["day"], "%y%m%d").date()  # noqa: DTZ007  a day has no zone
    except (AgencyCodeError, ValueError) as error:
        raise InvalidDossierCode(f"{written}: {error}") from error
    if match["serial"] == "0000":
        raise InvalidDossierCode(f"{written}: serials begin with 0001")
    return DossierCode(match["agency"], day, int(match["serial"]))


def normalise_code(text: str) -> str:
    """Return a typed or pasted code in the form in which codes are stored."""
    return re.sub(r"[‐-―−]", "-", normalise(text).replace(" ", "")).upper()
