"""The dossier of a record: groups of papers, each group with its kind."""

from typing import Any

from catalogue.enums import GroupKind
from catalogue.importing.doubts import Doubt
from catalogue.importing.group_kinds import ONLY_NOTES, UNNAMED, classify, is_note
from catalogue.importing.group_order import BY_NUMBER, by_number, papers_in_order
from catalogue.importing.papers import whole_papers
from catalogue.text import normalise, normalise_lines


def read_dossier(
    record: dict[str, Any], procedure_name: str, doubts: list[Doubt]
) -> list[dict[str, Any]]:
    """Return the groups of papers of an exported `record`; what is not sure goes to `doubts`."""
    result: list[dict[str, Any]] = []
    exported = record.get("dossier") or []
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
        in_note = rule.kind == GroupKind.NOTE
        named = whole_papers(group.get("documents") or [], record.get("dossier_raw") or "")
        papers = papers_in_order([_paper(paper, in_note) for paper in named if paper["name"]])
        for paper in papers:
            number += 1
            paper["key"] = f"d{number}"
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
    if not any(group["documents"] for group in result):
        doubts.append(Doubt("dossier: no paper read", ""))
    return result


def _paper(paper: dict[str, Any], in_note: bool) -> dict[str, Any]:
    name = normalise_lines(paper["name"])
    forms = list(dict.fromkeys(filter(None, map(normalise, paper["forms"]))))
    originals, copies = int(paper.get("original") or 0), int(paper.get("copy") or 0)
    return {
        "key": "",
        "name": name,
        "note": in_note or is_note(name, originals, copies, bool(forms)),
        "originals": originals,
        "copies": copies,
        "form": {"name": "; ".join(forms), "file": None} if forms else None,
        "text": "",
    }
