"""What the address of a list says: a standing and the values by which it is narrowed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from catalogue.enums import Audience, Level
from catalogue.selectors.listing import Listing, Narrowing, listing
from catalogue.selectors.procedures import Standing
from catalogue.text import LETTERS

STANDINGS = {
    "hieu-luc": Standing.IN_FORCE,
    "sap-hieu-luc": Standing.UPCOMING,
    "het-hieu-luc": Standing.ENDED,
}
STANDING = "tinh-trang"
FACETS = ("agency", "field", "level", "audience", "letter")
# Everything else in an address of a list is ignored.
PARAMETERS = (*FACETS, STANDING, "page")
OTHER_LETTER = "#"


@dataclass(frozen=True)
class ListParameters:
    """The list an address asks for; `unknown` tells that it also asks for what is not here."""

    listing: Listing
    narrowing: Narrowing
    unknown: bool


def read_list_parameters(address: QueryDict) -> ListParameters:
    """Return the list that an address asks for; values that nobody knows are left out."""
    standing = STANDINGS.get(address.get(STANDING, ""))
    listed = listing(standing or Standing.IN_FORCE)
    known = known_values(listed)
    asked = {facet: str(address[facet]) for facet in FACETS if address.get(facet)}
    narrowing = Narrowing(
        **{facet: known[facet][value] for facet, value in asked.items() if value in known[facet]}
    )
    unknown = any(value not in known[facet] for facet, value in asked.items())
    return ListParameters(
        listed, narrowing, unknown or (standing is None and bool(address.get(STANDING)))
    )


def known_values(listed: Listing) -> Mapping[str, Mapping[str, Any]]:
    """Return by facet the values that an address can name, each with what the list knows it by.

    Compared in Python: nothing that people write into an address reaches the database.
    """
    letters = (*LETTERS.upper(), OTHER_LETTER)
    return {
        "agency": {agency.code: pk for pk, agency in listed.agencies.items()},
        "field": {field.address_key: pk for pk, field in listed.fields.items()},
        "level": _themselves(Level.values, listed, "level"),
        "audience": _themselves(Audience.values, listed, "audience"),
        "letter": {letter: letter for letter in letters},
    }


def _themselves(values: list[str], listed: Listing, facet: str) -> dict[str, str]:
    """Return the values of a facet that are known or in use, each known by itself."""
    in_use = [value for kind in listed.kinds for value in kind.values(facet)]
    return {value: value for value in (*values, *in_use)}
