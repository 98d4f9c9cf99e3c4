"""What records never say: editors add it, and an import leaves it as it is."""

from collections.abc import Iterator, Mapping
from typing import Any

Part = dict[str, Any]

# Fields that many records leave empty: of the whole, and of its parts.
_OF_THE_WHOLE = ("keywords", "sets")
_OF_PARTS: Mapping[str, tuple[str, ...]] = {
    "steps": ("case",),
    "legal_bases": ("issued_on", "agency"),
}


def keep_unsaid(document: Part, last: Part | None) -> Part:
    """Return `document`, as a record gives it, with what only editors add as `last` has it.

    Parts are known by their keys, so these must be carried before. A blank form that a record
    does not name, or names without a file, keeps the file that an editor laid in; one of another
    name is a new form.
    """
    if last is None:
        return document
    kept = document | {name: document[name] or last[name] for name in _OF_THE_WHOLE}
    # A record knows one level only, the lowest, and so says nothing.
    kept["online_level"] = last["online_level"]
    for name, fields in _OF_PARTS.items():
        earlier = {part["key"]: part for part in last[name]}
        kept[name] = [
            part | {field: part[field] or earlier[part["key"]][field] for field in fields}
            if part["key"] in earlier
            else part
            for part in document[name]
        ]
    kinds = {requirement["key"]: requirement["kind"] for requirement in last["requirements"]}
    # Nor does it tell a business condition from another requirement.
    kept["requirements"] = [
        part | {"kind": kinds.get(part["key"], part["kind"])} for part in kept["requirements"]
    ]
    groups = {group["key"]: group for group in last["document_groups"]}
    for group in kept["document_groups"]:
        if group["key"] in groups:
            _keep_kind(group, groups[group["key"]])
    papers = {paper["key"]: paper for paper in _papers(last)}
    for paper in _papers(kept):
        if paper["key"] in papers:
            _keep_paper(paper, papers[paper["key"]])
    return kept


def _papers(document: Part) -> Iterator[Part]:
    for group in document["document_groups"]:
        yield from group["documents"]


def _keep_kind(group: Part, earlier: Part) -> None:
    """Keep the kind that a person gave to a group against the rule that is told with it."""
    same = (group["title"], group["kind_rule"]) == (earlier["title"], earlier["kind_rule"])
    if same:
        group["kind"] = earlier["kind"]


def _keep_paper(paper: Part, earlier: Part) -> None:
    paper["text"] = earlier["text"]
    held, form = earlier["form"], paper["form"]
    if held and held["file"] and (form is None or form["name"] == held["name"]):
        paper["form"] = held
