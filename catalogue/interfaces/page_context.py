"""What the page of a procedure shows of its document, in words and in reading order."""

from collections.abc import Callable
from datetime import date
from functools import partial
from operator import itemgetter
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.enums import ChannelKind, Level
from catalogue.interfaces.shown_steps import shown_steps
from catalogue.wording import (
    fee_summary,
    fee_words,
    papers_to_bring,
    place_summary,
    text_beside,
    time_summary,
    time_words,
)

# Notes of a group stand open among its papers up to so many, of so many characters in all.
MOST_NOTES = 3
LONGEST_NOTES = 300
# Characters from which a name is set smaller, and from which a phone shows its beginning first.
LONG_NAME = 90
VERY_LONG_NAME = 240


def page_context(read: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Return what the template shows of the canonical document that `read` returns.

    It is read, and each part made of it, when a template asks: parts of the page that are kept
    never do.
    """
    parts = _Parts(read)
    return {name: partial(parts.__getitem__, name) for name in ("document", *_PARTS)}


class _Parts(dict[str, Any]):
    """The document and the parts made of it, by name, each from when it is first asked for."""

    def __init__(self, read: Callable[[], dict[str, Any]]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, name: str) -> Any:
        made = self._read() if name == "document" else _PARTS[name](self["document"])
        self[name] = made
        return made


def _ways(document: dict[str, Any]) -> set[str]:
    return {channel["kind"] for channel in document["channels"]}


def _other_ways(document: dict[str, Any]) -> list[str]:
    kinds = _ways(document)
    return [str(kind.label) for kind in (ChannelKind.DIRECT, ChannelKind.POST) if kind in kinds]


def _groups(document: dict[str, Any], *, alternative: bool) -> list[dict[str, Any]]:
    groups = document["document_groups"]
    return [_group(group) for group in groups if (group["kind"] == "alternative") is alternative]


_PARTS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "code": itemgetter("code"),
    "name": itemgetter("name"),
    "name_length": lambda document: _name_length(document["name"]),
    "levels": lambda document: [Level(name).label for name in document["levels"]],
    "times": time_summary,
    "fees": fee_summary,
    "places": place_summary,
    "papers": papers_to_bring,
    "channels": lambda document: [_channel(channel) for channel in document["channels"]],
    "online": lambda document: ChannelKind.ONLINE in _ways(document),
    "other_ways": _other_ways,
    "case_groups": partial(_groups, alternative=True),
    "other_groups": lambda document: sorted(
        _groups(document, alternative=False), key=_reading_order
    ),
    "shown_steps": lambda document: shown_steps(document["steps"]),
    "legal_bases": lambda document: [_legal_basis(act) for act in document["legal_bases"]],
}


def _name_length(name: str) -> str:
    if len(name) <= LONG_NAME:
        return ""
    return "long" if len(name) <= VERY_LONG_NAME else "very-long"


def _group(group: dict[str, Any]) -> dict[str, Any]:
    """Return `group` with its notes apart, to be folded, where they would bury the papers."""
    papers = [_paper(paper, group["kind"]) for paper in group["documents"]]
    notes = [paper for paper in papers if paper["note"]]
    length = sum(len(note["name"]) for note in notes)
    shown = {**group, "documents": papers, "folded": [], "count": len(papers) - len(notes)}
    if len(notes) <= MOST_NOTES and length <= LONGEST_NOTES:
        return shown
    return {**shown, "documents": [paper for paper in papers if not paper["note"]], "folded": notes}


def _paper(paper: dict[str, Any], kind: str) -> dict[str, Any]:
    originals, copies = paper["originals"], paper["copies"]
    quantities = []
    if originals:
        quantities.append(
            ngettext("%(n)s original", "%(n)s originals", originals) % {"n": originals}
        )
    if copies:
        quantities.append(ngettext("%(n)s copy", "%(n)s copies", copies) % {"n": copies})
    return {**paper, "note": paper["note"] or kind == "note", "quantities": quantities}


def _reading_order(group: dict[str, Any]) -> int:
    """Return where a group stands on the page: what everybody brings first, notes last."""
    if group["kind"] == "always" and not group["title"]:
        return 0
    return ("always", "one_of", "proxy", "note").index(group["kind"]) + 1


def _channel(channel: dict[str, Any]) -> dict[str, Any]:
    limits = [
        {
            "time": time_words(limit),
            # As published, where the words above do not say all of it.
            "text": text_beside(limit, time_words(limit)),
            "fees": [_fee(fee) for fee in limit["fees"]],
        }
        for limit in channel["time_limits"]
    ]
    return {"name": ChannelKind(channel["kind"]).label, "text": channel["text"], "limits": limits}


def _fee(fee: dict[str, Any]) -> dict[str, str]:
    words = fee_words(fee)
    return {"words": words, "text": "" if fee["text"] == words else fee["text"]}


def _legal_basis(act: dict[str, Any]) -> dict[str, Any]:
    issued = date.fromisoformat(act["issued_on"]) if act["issued_on"] else None
    known = [act["agency"], _("issued on %s") % f"{issued:%d/%m/%Y}" if issued else None]
    return {
        **act,
        # Many titles of acts hold their number.
        "number": "" if act["number"] in act["title"] else act["number"],
        "known": ", ".join(fact for fact in known if fact),
    }
