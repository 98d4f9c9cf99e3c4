"""The one table that says how each part of a document is held in the page's blocks."""

import uuid
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from django.urls import Resolver404, resolve
from wagtail.blocks import StreamValue

from catalogue.documents.named_rows import NamedRows, rows_named_in
from catalogue.fields import lines_of
from catalogue.models import Procedure
from catalogue.models.legal_act import act_identity
from catalogue.text import normalise, normalise_lines

Spec = Mapping[str, Any]


class FileUnknown(LookupError):
    """A document names a file by an address at which this site keeps none."""


def _line(value: Any) -> str:
    return normalise(str(value or ""))


def _text(value: Any) -> str:
    return normalise_lines(str(value or ""))


def _optional(value: Any) -> str | None:
    return normalise(str(value)) or None if value else None


def _number(value: Any) -> int | float | None:
    if value is None or value == "":
        return None
    return int(value) if float(value).is_integer() else float(value)


def _count(value: Any) -> int:
    return int(value or 0)


def _form(value: Any) -> dict[str, Any]:
    """Mark a blank form; the page holds its name and the key of its file."""
    value = value or {}
    return {"name": _line(value.get("name")), "file": value.get("file")}


def _act(value: Any) -> int | None:
    """Mark an act: the page holds its key, the document says its words in the part itself."""
    return value or None


def _held_form(form: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return how the page holds a blank form: its file by the id that its address names."""
    if form is None:
        return {"name": "", "file": None}
    return {"name": form["name"], "file": file_id(form["file"])}


def file_id(address: str | None) -> int | None:
    """Return the id of the file at `address` on this site; raises `FileUnknown`."""
    if address is None:
        return None
    try:
        found = resolve(unquote(urlsplit(address).path))
    except Resolver404:
        found = None
    if found is None or found.view_name != "wagtaildocs_serve":
        raise FileUnknown(address)
    return int(found.args[0] if found.args else found.kwargs["document_id"])


FEE: Spec = {"key": _line, "state": _line, "value": _number, "unit": _optional, "text": _text}
TIME_LIMIT: Spec = {
    "key": _line,
    "state": _line,
    "value": _number,
    "unit": _optional,
    "text": _text,
    "fees": FEE,
}
PAPER: Spec = {
    "key": _line,
    "name": _text,
    "note": bool,
    "originals": _count,
    "copies": _count,
    "form": _form,
    "text": _text,
}
PARTS: Mapping[str, tuple[str, Spec]] = {
    "steps": ("step", {"key": _line, "case": _optional, "text": _text}),
    "channels": (
        "channel",
        {"key": _line, "kind": _line, "text": _text, "time_limits": TIME_LIMIT},
    ),
    "document_groups": (
        "document_group",
        {
            "key": _line,
            "kind": _line,
            "kind_rule": _line,
            "title": _optional,
            "documents": PAPER,
        },
    ),
    "requirements": ("requirement", {"key": _line, "kind": _line, "text": _text}),
    "results": ("result", {"key": _line, "name": _line, "code": _optional}),
    "legal_bases": ("legal_basis", {"key": _line, "act": _act}),
}
LINES = ("applicants", "receiving_places", "keywords")
AGENCY_LINES = ("implementing", "competent", "delegated", "coordinating")


def read_parts(page: Procedure) -> dict[str, list[dict[str, Any]]]:
    """Return the parts that `page` holds, each as the document's list; two queries at most."""
    held = {name: getattr(page, name).get_prep_value() for name in PARTS}
    rows = rows_named_in(held)
    return {
        name: [_read(child["value"], PARTS[name][1], rows) for child in children]
        for name, children in held.items()
    }


def _read(value: Mapping[str, Any], spec: Spec, rows: NamedRows) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for field, kind in spec.items():
        held = value.get(field)
        if isinstance(kind, Mapping):
            result[field] = [_read(item["value"], kind, rows) for item in held or []]
        elif kind is _act:
            result |= rows.act(_act(held))
        elif kind is _form:
            result[field] = rows.form(_form(held))
        else:
            result[field] = kind(held)
    return result


def page_values(document: Mapping[str, Any], acts: Mapping[str, int]) -> dict[str, Any]:
    """Return the field values of a `Procedure` page that hold `document`.

    `acts` are the keys of its legal bases by identity, as `keep_acts` gives them. The publishing
    agency and the field of administration are relations of the page and not part of the result.
    Raises `FileUnknown` for a blank form at an address that is not ours.
    """
    values: dict[str, Any] = {
        "name": document["name"],
        "code": document["code"],
        "levels": document["levels"],
        "audiences": document["audiences"],
        "sets": document["sets"],
        "online_scheme": document["online_level"]["scheme"],
        "online_value": document["online_level"]["value"],
        "source_decision": document["source"]["decision_number"] or "",
        "source_url": document["source"]["url"] or "",
    }
    values |= {name: "\n".join(document[name]) for name in LINES}
    values |= {name: "\n".join(document["agencies"][name]) for name in AGENCY_LINES}
    for name, (block, spec) in PARTS.items():
        raw = [_child(block, _write(part, spec, acts)) for part in document[name]]
        stream_block = Procedure._meta.get_field(name).stream_block
        values[name] = StreamValue(stream_block, raw, is_lazy=True)
    return values


def _write(part: Mapping[str, Any], spec: Spec, acts: Mapping[str, int]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for field, kind in spec.items():
        held = part.get(field)
        if isinstance(kind, Mapping):
            result[field] = [_child("item", _write(item, kind, acts)) for item in held or []]
        elif kind is _act:
            result[field] = acts[basis_identity(part)]
        elif kind is _form:
            result[field] = _held_form(held)
        else:
            result[field] = "" if held is None and kind is not _number else held
    return result


def basis_identity(basis: Mapping[str, Any]) -> str:
    """Return the identity of the act that a document's legal basis names."""
    return act_identity(basis["number"], basis["title"], basis["issued_on"], basis["agency"])


def _child(block: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"type": block, "value": value, "id": str(uuid.uuid4())}


def read_lines(page: Procedure, name: str) -> list[str]:
    """Return the entries of one of the page's fields with an entry per line."""
    return lines_of(getattr(page, name))
