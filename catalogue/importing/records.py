"""One record of the national portal, as exported, into one canonical document."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from catalogue.documents import SCHEMA_NUMBER
from catalogue.enums import TimeState
from catalogue.importing.dossier import read_dossier
from catalogue.importing.doubts import Doubt
from catalogue.importing.fees import read_cell, read_fees
from catalogue.importing.legal_bases import read_legal_bases
from catalogue.importing.oddities import oddities_in
from catalogue.importing.results import read_results
from catalogue.importing.steps import read_steps
from catalogue.text import fold, normalise, normalise_lines

_UNITS = {
    "working_day": "working_day",
    "day": "calendar_day",
    "hour": "hour",
    "month": "month",
    None: None,
}
_PERSONS = ("cong dan", "nguoi nuoc ngoai", "nguoi viet nam", "can bo", "dang vien")
_NOTHING_TOLD = "khong co thong tin"
_DECISION = re.compile(r"(?i)^(?:quyết định)?\s*(?:số)?\s*:?\s*(?=\d)")
_NONE = re.compile(r"\W*khong( co| quy dinh| yeu cau| co yeu cau| co thong tin)?( gi)?\W*")
_LEVELS = ("ministry", "province", "commune", "other")


@dataclass
class ReadRecord:
    """A document read from a record, with what an editor should look at.

    `keys_kept` is true where it came as a document: its keys are permanent already.
    """

    document: dict[str, Any]
    agency_name: str
    doubts: list[Doubt] = field(default_factory=list)
    oddities: dict[str, list[str]] = field(default_factory=dict)
    keys_kept: bool = False


class RecordInvalid(ValueError):
    """A record lacks what every procedure has; the message names the part."""


def read_record(record: dict[str, Any]) -> ReadRecord:
    """Return the canonical document of an exported `record`.

    Raises `RecordInvalid` when the code, the name, the field or the agency is missing, or the
    list of acts cannot be read.
    """
    for name in ("code", "name", "field", "publishing_agency"):
        if not isinstance(record.get(name), str) or not normalise(record[name]):
            raise RecordInvalid(f"“{name}” is missing")
    doubts: list[Doubt] = []
    document_name = normalise(record["name"])
    agency_name = normalise(record["publishing_agency"])
    applicants = _lines(record.get("applicants"))
    document = {
        "schema": SCHEMA_NUMBER,
        "code": normalise(record["code"]),
        "name": document_name,
        "language": "vi",
        "field": {"code": None, "name": normalise(record["field"])},
        "levels": [level for level in _LEVELS if level in (record.get("levels") or [])],
        "audiences": _audiences(applicants),
        "applicants": applicants,
        "agencies": {
            "publishing": {"code": "", "name": agency_name},
            "implementing": _implementing(record),
            "competent": _lines([record.get("competent_agency")]),
            "delegated": _lines([record.get("delegated_agency")]),
            "coordinating": _lines([record.get("coordinating_agency")]),
        },
        "receiving_places": _lines([record.get("receiving_address")]),
        "sets": None,
        "steps": read_steps(_steps_text(record), document_name),
        "channels": _channels(record.get("methods") or []),
        "document_groups": read_dossier(record, document_name, doubts),
        "requirements": _requirements(record.get("conditions") or ""),
        "results": read_results(record.get("results") or [], record.get("result_codes") or []),
        "legal_bases": _legal_bases(record.get("legal_basis_raw") or "", doubts),
        "keywords": [],
        "online_level": {"scheme": "C32", "value": "2"},
        "source": {
            "decision_number": _decision_number(record.get("decision_number") or ""),
            "url": normalise(record.get("source_url") or "") or None,
        },
    }
    return ReadRecord(document, agency_name, doubts, oddities_in(record, document))


def _lines(entries: list[Any] | None) -> list[str]:
    cleaned = (normalise(str(entry)) for entry in entries or [] if entry)
    return list(dict.fromkeys(entry for entry in cleaned if entry))


def _steps_text(record: dict[str, Any]) -> str:
    """Return the steps; the export cut them at the words that head the dossier."""
    text, dossier = record.get("steps_text") or "", record.get("dossier_raw") or ""
    cut = not record.get("dossier") and text.rstrip().endswith("(") and "Bước" in dossier
    return f"{text.rstrip()}Thành phần hồ sơ{dossier}" if cut else text


def _implementing(record: dict[str, Any]) -> list[str]:
    """Return the agencies, without the line that only joins the names of the list."""
    listed = _lines(record.get("implementing_agencies_list"))
    joined = normalise(record.get("implementing_agency") or "")
    pieces = [piece.strip() for piece in joined.split(",")]
    repeated = len(pieces) > 1 and set(pieces) <= set(listed)
    return listed if repeated else _lines([joined, *listed])


def _decision_number(text: str) -> str | None:
    """Return the number of a decision without the words that only say that it is one."""
    return _DECISION.sub("", normalise(text)) or None


def _audiences(applicants: list[str]) -> list[str]:
    persons = [fold(entry).startswith(_PERSONS) for entry in applicants]
    return [*(["person"] if any(persons) else []), *(["organisation"] if not all(persons) else [])]


def _channels(methods: list[dict[str, Any]]) -> list[dict[str, Any]]:
    channels: dict[str, dict[str, Any]] = {}
    texts: dict[str, dict[str, None]] = {}
    for n, method in enumerate(methods, 1):
        kind = method["channel"]
        channel = channels.setdefault(
            kind, {"key": kind, "kind": kind, "text": "", "time_limits": []}
        )
        cell = read_cell(method.get("text") or "")
        channel["time_limits"].append(_time_limit(n, method) | {"fees": read_fees(n, method, cell)})
        texts.setdefault(kind, {})[cell.description] = None
        channel["text"] = "\n".join(filter(None, texts[kind]))
    return list(channels.values())


def _time_limit(n: int, method: dict[str, Any]) -> dict[str, Any]:
    time = method.get("time") or {}
    # "0 days" is a cell left empty; the text is kept, nothing is computed from it.
    value = time.get("value") or None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = normalise_lines(method.get("time_text") or "")
    return {
        "key": f"t{n}",
        "state": TimeState.UNKNOWN if value is None else TimeState.STATED,
        "value": value,
        "unit": _UNITS[time.get("unit")] if value else None,
        "text": "" if fold(text) == _NOTHING_TOLD else text,
    }


def _legal_bases(text: str, doubts: list[Doubt]) -> list[dict[str, Any]]:
    try:
        acts, rest = read_legal_bases(text)
    except ValueError as error:
        raise RecordInvalid(
            _("“legal_basis_raw” is a list that cannot be read: %s") % error
        ) from error
    if rest:
        doubts.append(Doubt("legal basis: not read", rest, part="legal_bases"))
    return acts


def _requirements(text: str) -> list[dict[str, Any]]:
    cleaned = normalise_lines(text)
    if not cleaned or _NONE.fullmatch(fold(cleaned)):
        return []
    return [{"key": "r1", "kind": "general", "text": cleaned}]
