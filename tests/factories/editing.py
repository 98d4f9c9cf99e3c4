"""What the browser sends back of the editing form of a procedure."""

from typing import Any

from catalogue.keys import PART_FIELDS
from catalogue.models import Procedure

PLAIN = ("name", "code", "levels", "audiences", "applicants", "keywords", "sets")
AGENCIES = ("implementing", "competent", "delegated", "coordinating", "receiving_places")
SOURCE = ("source_decision", "source_url")


def form_of(page: Procedure) -> dict[str, Any]:
    """Return the fields of the form that shows `page`, unchanged."""
    data: dict[str, Any] = {name: getattr(page, name) for name in (*PLAIN, *AGENCIES, *SOURCE)}
    data |= {"field": page.field_id, "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}
    for name in PART_FIELDS:
        data |= _posted_list(name, getattr(page, name).get_prep_value())
    return data


def _posted_list(prefix: str, children: list[dict[str, Any]]) -> dict[str, Any]:
    data: dict[str, Any] = {f"{prefix}-count": len(children)}
    for n, child in enumerate(children):
        place = f"{prefix}-{n}"
        data |= {f"{place}-deleted": "", f"{place}-order": n, f"{place}-id": child["id"]}
        data |= {f"{place}-type": child["type"]} | _posted_struct(f"{place}-value", child["value"])
    return data


def _posted_struct(prefix: str, value: dict[str, Any]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for name, held in value.items():
        place = f"{prefix}-{name}"
        if isinstance(held, list):
            data |= _posted_list(place, held)
        elif isinstance(held, dict):
            data |= _posted_struct(place, held)
        elif held is not False:
            data[place] = "" if held is None else held
    return data
