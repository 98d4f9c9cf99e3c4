"""One record of the national portal, as exported, into one canonical document."""

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from catalogue.documents import SCHEMA_NUMBER
from catalogue.enums import FeeState, GroupKind, TimeState
from catalogue.importing.amounts import SMALLEST_AMOUNT, names_a_council
from catalogue.importing.group_kinds import ONLY_NOTES, UNNAMED, classify, is_note
from catalogue.importing.group_order import BY_NUMBER, by_number
from catalogue.importing.oddities import oddities_in
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
_LEVELS = ("ministry", "province", "commune", "other")
_STEP = re.compile(r"(?im)^\s*[-+*•]?\s*bước\s+\d+\b")
_ACT = re.compile(r"(?<=[^\s\d/])(\d{1,5}/(?:\d{4}/)?[A-ZĐ][A-ZĐ0-9]*(?:-[A-ZĐ][A-ZĐ0-9]*)*)")
_ACT_HEADING = re.compile(r"^Tên văn bản pháp lý\s*Mã văn bản")


@dataclass(frozen=True)
class Doubt:
    """What a rule could not tell for sure: of one group of papers, or of all of them."""

    rule: str
    text: str
    group: int | None = None

    def __str__(self) -> str:
        place = "document groups" if self.group is None else f"document group {self.group + 1}"
        return ": ".join(filter(None, (place, self.rule, self.text[:120])))


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

    Raises `RecordInvalid` when the code, the name, the field or the agency is missing.
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
            "implementing": _lines(
                [
                    record.get("implementing_agency"),
                    *(record.get("implementing_agencies_list") or []),
                ]
            ),
            "competent": _lines([record.get("competent_agency")]),
            "delegated": _lines([record.get("delegated_agency")]),
            "coordinating": _lines([record.get("coordinating_agency")]),
        },
        "receiving_places": _lines([record.get("receiving_address")]),
        "sets": None,
        "steps": _steps(record.get("steps_text") or ""),
        "channels": _channels(record.get("methods") or []),
        "document_groups": _groups(record.get("dossier") or [], document_name, doubts),
        "requirements": _requirements(record.get("conditions") or ""),
        "results": _results(record.get("results") or [], record.get("result_codes") or []),
        "legal_bases": read_legal_bases(record.get("legal_basis_raw") or ""),
        "keywords": [],
        "online_level": {"scheme": "C32", "value": "2"},
        "source": {
            "decision_number": normalise(record.get("decision_number") or "") or None,
            "url": normalise(record.get("source_url") or "") or None,
        },
    }
    return ReadRecord(document, agency_name, doubts, oddities_in(record, document))


def _lines(entries: list[Any] | None) -> list[str]:
    cleaned = (normalise(str(entry)) for entry in entries or [] if entry)
    return list(dict.fromkeys(entry for entry in cleaned if entry))


def _audiences(applicants: list[str]) -> list[str]:
    persons = [fold(entry).startswith(_PERSONS) for entry in applicants]
    return [*(["person"] if any(persons) else []), *(["organisation"] if not all(persons) else [])]


def _steps(text: str) -> list[dict[str, Any]]:
    starts = [match.start() for match in _STEP.finditer(text)]
    if len(starts) < 2:
        pieces = [text]
    else:
        bounds = [0, *starts, len(text)]
        pieces = [text[start:end] for start, end in pairwise(bounds)]
    texts = [piece for piece in map(normalise_lines, pieces) if piece]
    return [{"key": f"s{n}", "case": None, "text": piece} for n, piece in enumerate(texts, 1)]


def _channels(methods: list[dict[str, Any]]) -> list[dict[str, Any]]:
    channels: dict[str, dict[str, Any]] = {}
    for n, method in enumerate(methods, 1):
        kind = method["channel"]
        channel = channels.setdefault(
            kind, {"key": kind, "kind": kind, "text": "", "time_limits": []}
        )
        channel["time_limits"].append(_time_limit(n, method))
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
        "fees": _fees(n, method),
    }


def _fees(n: int, method: dict[str, Any]) -> list[dict[str, Any]]:
    text = normalise_lines(method.get("text") or "")
    council = names_a_council(text)
    stated = [_fee(f"f{n}_{m}", fee) for m, fee in enumerate(method.get("fees") or [], 1)]
    if stated:
        return stated
    if council:
        state = FeeState.DELEGATED
    else:
        state = FeeState.FREE if method.get("fee_free") else FeeState.UNKNOWN
    return [{"key": f"f{n}", "state": state, "value": None, "unit": None, "text": text}]


def _fee(key: str, fee: dict[str, Any]) -> dict[str, Any]:
    amount, unit = fee.get("amount"), fee.get("currency") or None
    parts = (fee.get("kind"), fee.get("note"))
    text = normalise_lines("\n".join(part for part in parts if part))
    if not _is_usable(amount, unit):
        shown = text or (f"{amount:g} {unit or ''}".strip() if amount is not None else "")
        state = FeeState.DELEGATED if names_a_council(text) else FeeState.UNKNOWN
        return {"key": key, "state": state, "value": None, "unit": None, "text": shown}
    return {
        "key": key,
        "state": FeeState.STATED,
        "value": int(amount or 0),
        "unit": unit,
        "text": text,
    }


def _is_usable(amount: Any, unit: str | None) -> bool:
    whole = isinstance(amount, int | float) and float(amount).is_integer()
    return whole and (unit != "VND" or amount >= SMALLEST_AMOUNT)


def _groups(
    exported: list[dict[str, Any]], procedure_name: str, doubts: list[Doubt]
) -> list[dict[str, Any]]:
    result = []
    groups = by_number(exported)
    if groups != exported:
        doubts.append(Doubt(BY_NUMBER, ""))
    titles = [normalise(group.get("case") or "") for group in groups]
    rules = classify(titles, procedure_name)
    number = 0
    for n, (group, title, rule) in enumerate(zip(groups, titles, rules, strict=True), 1):
        if rule.doubtful:
            doubts.append(Doubt(rule.name, title, n - 1))
        if title and title in titles[: n - 1]:
            doubts.append(Doubt("heading used before", title, n - 1))
        papers = []
        for paper in group.get("documents") or []:
            name = normalise_lines(paper.get("name") or "")
            if name:
                number += 1
                papers.append(
                    _paper(f"d{number}", name, paper, in_note=rule.kind == GroupKind.NOTE)
                )
        if rule is UNNAMED and papers and all(paper["note"] for paper in papers):
            rule = ONLY_NOTES
        result.append(
            {
                "key": f"g{n}",
                "kind": rule.kind,
                "kind_rule": rule.name,
                "title": title or None,
                "documents": papers,
            }
        )
    return result


def _paper(key: str, name: str, paper: dict[str, Any], *, in_note: bool) -> dict[str, Any]:
    forms = _lines(paper.get("forms"))
    originals, copies = int(paper.get("original") or 0), int(paper.get("copy") or 0)
    return {
        "key": key,
        "name": name,
        "note": in_note or is_note(name, originals, copies, bool(forms)),
        "originals": originals,
        "copies": copies,
        "form": {"name": "; ".join(forms), "file": None} if forms else None,
        "text": "",
    }


def _requirements(text: str) -> list[dict[str, Any]]:
    cleaned = normalise_lines(text)
    return [{"key": "r1", "kind": "general", "text": cleaned}] if cleaned else []


def _results(names: list[str], codes: list[str]) -> list[dict[str, Any]]:
    paired = codes if len(codes) == len(names) else [None] * len(names)
    return [
        {"key": f"k{n}", "name": normalise(name), "code": normalise(code or "") or None}
        for n, (name, code) in enumerate(zip(names, paired, strict=True), 1)
        if normalise(name)
    ]


def read_legal_bases(text: str) -> list[dict[str, Any]]:
    """Return the acts of a flattened table “title number title number …”.

    A number that follows its title without a space ends an entry; one inside a title has a space
    before it. Where the next title runs on, its first capital letter is given back to it.
    """
    text = normalise(_ACT_HEADING.sub("", text))
    acts: list[dict[str, Any]] = []
    start = 0
    for match in _ACT.finditer(text):
        end = match.end()
        if end < len(text) and text[end].islower():
            end -= 1
        number = text[match.start() : end].rstrip("-")
        if match.start() < start or not number:
            continue
        acts.append(
            {
                "key": f"l{len(acts) + 1}",
                "number": number,
                "title": text[start : match.start()].strip(" ;,."),
                "issued_on": None,
                "agency": None,
            }
        )
        start = end
    return acts
