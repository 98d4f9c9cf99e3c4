"""A file of administrative units (provinces with their communes) into rows of agencies.

The file is JSON: a list of provinces, each with `Code`, `FullName`, `FullNameEn` and `Wards`, whose
entries have the same three. Every unit stands for its people's committee.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from catalogue.enums import AgencyKind, CodeStatus, Level
from catalogue.models import Agency

# Since then there are provinces and communes, and no districts between them.
TWO_LEVELS_SINCE = "2025-07-01"
PROVISIONAL = "X"


class UnitsInvalid(ValueError):
    """A file that is not a list of units; the message names the place."""


def read_units(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield (place in the file, values of an agency row) for every unit of the file at `path`.

    A unit whose committee is known keeps its code and its state of code; another one gets a
    provisional code made from the official unit code. Raises `UnitsInvalid`.
    """
    known = {
        agency.place_code: agency
        for agency in Agency.objects.filter(kind=AgencyKind.PEOPLES_COMMITTEE).exclude(
            place_code=""
        )
    }
    try:
        provinces = json.loads(path.read_text("utf-8-sig"))
        for n, province in enumerate(provinces):
            origin = f"{path.name}, /{n}"
            row = _row(province, Level.PROVINCE, "", known)
            yield origin, row
            for m, commune in enumerate(province["Wards"]):
                yield f"{origin}/Wards/{m}", _row(commune, Level.COMMUNE, row["code"], known)
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise UnitsInvalid(
            f"{path.name}: not a list of provinces with their communes ({error})"
        ) from error


def _row(
    unit: dict[str, Any], level: Level, parent: str, known: dict[str, Agency]
) -> dict[str, str]:
    agency = known.get(unit["Code"])
    own = f"{PROVISIONAL}{unit['Code']}"
    return {
        "code": agency.code if agency else f"{parent}.{own}" if parent else own,
        "code_status": agency.code_status if agency else CodeStatus.PROVISIONAL,
        "kind": AgencyKind.PEOPLES_COMMITTEE,
        "level": level,
        "parent": parent,
        "place_code": unit["Code"],
        "name": unit["FullName"],
        "name_en": unit["FullNameEn"],
        "valid_from": _start(agency),
        "valid_to": "",
    }


def _start(agency: Agency | None) -> str:
    """A known unit keeps its first day, also one that is older than the list."""
    if agency is None:
        return TWO_LEVELS_SINCE
    return f"{agency.valid_from:%Y-%m-%d}" if agency.valid_from else ""
