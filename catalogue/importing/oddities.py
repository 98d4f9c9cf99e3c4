"""What is odd about records: counted and shown with examples, never a reason to refuse one."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalogue.enums import FeeState, TimeState
from catalogue.importing.amounts import SMALLEST_AMOUNT, names_a_council
from catalogue.importing.group_kinds import is_doubtful
from catalogue.text import fold, normalise

Document = Mapping[str, Any]
MAX_EXAMPLES = 5
LONG_NAME = 255
LONG_PAPER = 600
LONG_STEP = 10_000
_EXTENSION = re.compile(r"\.(?:docx?|pdf|xlsx?|rtf|odt|zip|rar)", re.IGNORECASE)
_WHOLE_WORD = re.compile(r"(mau|phu luc|to khai|don|ban|giay|bieu|danh sach|van ban|phieu)")


@dataclass(frozen=True)
class Oddity:
    """A kind of oddity: its words, and the places in a record or its document that show it."""

    kind: str
    words: str | Promise
    places: Callable[[Mapping[str, Any], Document], Iterator[str]]


def _time_limits(document: Document) -> Iterator[tuple[str, dict[str, Any]]]:
    for c, channel in enumerate(document["channels"]):
        for t, limit in enumerate(channel["time_limits"]):
            yield f"/channels/{c}/time_limits/{t}", limit


def _papers(document: Document) -> Iterator[tuple[str, dict[str, Any]]]:
    for g, group in enumerate(document["document_groups"]):
        for d, paper in enumerate(group["documents"]):
            yield f"/document_groups/{g}/documents/{d}", paper


def _times_without_unit(_record: Mapping[str, Any], document: Document) -> Iterator[str]:
    for place, limit in _time_limits(document):
        if limit["state"] == TimeState.STATED and limit["unit"] is None:
            yield place


def _times_unknown(_record: Mapping[str, Any], document: Document) -> Iterator[str]:
    for place, limit in _time_limits(document):
        if limit["state"] == TimeState.UNKNOWN:
            yield place


def _fees_unknown(_record: Mapping[str, Any], document: Document) -> Iterator[str]:
    for place, limit in _time_limits(document):
        for f, fee in enumerate(limit["fees"]):
            if fee["state"] == FeeState.UNKNOWN:
                yield f"{place}/fees/{f}"


def _small_amounts(record: Mapping[str, Any], _document: Document) -> Iterator[str]:
    for m, method in enumerate(record.get("methods") or []):
        for f, fee in enumerate(method.get("fees") or []):
            amount = fee.get("amount")
            if amount and fee.get("currency") == "VND" and 0 < amount < SMALLEST_AMOUNT:
                yield f"/methods/{m}/fees/{f}"


def _free_by_council(record: Mapping[str, Any], _document: Document) -> Iterator[str]:
    for m, method in enumerate(record.get("methods") or []):
        if method.get("fee_free") and names_a_council(method.get("text") or ""):
            yield f"/methods/{m}"


def _long_name(_record: Mapping[str, Any], document: Document) -> Iterator[str]:
    if len(document["name"]) > LONG_NAME:
        yield "/name"


def _long_papers(_record: Mapping[str, Any], document: Document) -> Iterator[str]:
    for place, paper in _papers(document):
        if len(paper["name"]) > LONG_PAPER:
            yield place


def _empty_headings(_record: Mapping[str, Any], document: Document) -> Iterator[str]:
    groups = document["document_groups"]
    for g, group in enumerate(groups):
        if len(groups) > 1 and not group["title"]:
            yield f"/document_groups/{g}"


def _repeated_headings(_record: Mapping[str, Any], document: Document) -> Iterator[str]:
    seen: set[str] = set()
    for g, group in enumerate(document["document_groups"]):
        title = fold(group["title"] or "")
        if title and title in seen:
            yield f"/document_groups/{g}"
        seen.add(title)


def _doubtful_kinds(_record: Mapping[str, Any], document: Document) -> Iterator[str]:
    for g, group in enumerate(document["document_groups"]):
        if is_doubtful(group["kind_rule"]):
            yield f"/document_groups/{g}"


def _cut_forms(record: Mapping[str, Any], _document: Document) -> Iterator[str]:
    for g, group in enumerate(record.get("dossier") or []):
        for d, paper in enumerate(group.get("documents") or []):
            if any(_is_cut(normalise(str(name))) for name in paper.get("forms") or []):
                yield f"/dossier/{g}/documents/{d}/forms"


def _is_cut(name: str) -> bool:
    """Whether the name of a form file begins inside a sentence or holds two files."""
    begun = name[:1] == "." or (name[:1].islower() and not _WHOLE_WORD.match(fold(name)))
    return begun or len(_EXTENSION.findall(name)) > 1


def _long_steps(_record: Mapping[str, Any], document: Document) -> Iterator[str]:
    for n, step in enumerate(document["steps"]):
        if len(step["text"]) > LONG_STEP:
            yield f"/steps/{n}"


def _empty(*path: str) -> Callable[[Mapping[str, Any], Document], Iterator[str]]:
    """Return what tells a document whose part at `path` has no entry."""

    def places(_record: Mapping[str, Any], document: Document) -> Iterator[str]:
        value: Any = document
        for name in path:
            value = value[name]
        if not value:
            yield f"/{'/'.join(path)}"

    return places


def _no_papers(_record: Mapping[str, Any], document: Document) -> Iterator[str]:
    if not any(group["documents"] for group in document["document_groups"]):
        yield "/document_groups"


ODDITIES = (
    Oddity("time_without_unit", _("times without a unit"), _times_without_unit),
    Oddity("time_unknown", _("times that are not published"), _times_unknown),
    Oddity("fee_unknown", _("fees that state neither an amount nor “free”"), _fees_unknown),
    Oddity("fee_small", _("amounts under 100 VND"), _small_amounts),
    Oddity("fee_free_by_council", _("council's fees flagged as free"), _free_by_council),
    Oddity("name_long", _("names longer than 255 characters"), _long_name),
    Oddity("paper_long", _("names of papers longer than 600 characters"), _long_papers),
    Oddity("step_long", _("steps longer than 10,000 characters"), _long_steps),
    Oddity("papers_missing", _("no papers at all"), _no_papers),
    Oddity("steps_missing", _("no steps"), _empty("steps")),
    Oddity("channels_missing", _("no channel"), _empty("channels")),
    Oddity("levels_missing", _("no level"), _empty("levels")),
    Oddity("results_missing", _("no result"), _empty("results")),
    Oddity("acts_missing", _("no legal basis"), _empty("legal_bases")),
    Oddity("competent_missing", _("no deciding agency"), _empty("agencies", "competent")),
    Oddity("heading_empty", _("groups of papers without a heading"), _empty_headings),
    Oddity("heading_repeated", _("headings of groups that repeat"), _repeated_headings),
    Oddity("kind_doubtful", _("groups of papers of doubtful kind"), _doubtful_kinds),
    Oddity("form_cut", _("names of form files cut wrongly"), _cut_forms),
)


@dataclass
class OddityCount:
    """How often one kind was met, in how many procedures, and its first places."""

    count: int = 0
    procedures: int = 0
    examples: list[tuple[str, str]] = field(default_factory=list)


def oddities_in(record: Mapping[str, Any], document: Document) -> dict[str, list[str]]:
    """Return the places of every kind of oddity in a `document` and the `record` it came from.

    `record` is empty for what came as a document.
    """
    found = {oddity.kind: list(oddity.places(record, document)) for oddity in ODDITIES}
    return {kind: places for kind, places in found.items() if places}


def count_oddities(
    counts: dict[str, OddityCount], code: str, found: Mapping[str, list[str]]
) -> None:
    """Add what was `found` in procedure `code` to the `counts` by kind."""
    for kind, places in found.items():
        counted = counts.setdefault(kind, OddityCount())
        counted.count += len(places)
        counted.procedures += 1
        if len(counted.examples) < MAX_EXAMPLES:
            counted.examples.append((code, places[0]))
