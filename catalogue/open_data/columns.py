"""The flat columns of a procedure: one row each, in Vietnamese, as tables need it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalogue.documents import lift
from catalogue.enums import Audience, ChannelKind, Level
from catalogue.models import ProcedureVersion
from catalogue.wording import fee_summary, papers_to_bring, time_summary

Document = Mapping[str, Any]
# Between the values of one cell.
SEPARATOR = "; "


@dataclass(frozen=True)
class Column:
    """A column: its name for machines, its title and meaning for people, and what it holds."""

    name: str
    title: Promise
    read: Callable[[ProcedureVersion], str | int]


def _document(read: Callable[[Document], str | int]) -> Callable[[ProcedureVersion], str | int]:
    return lambda version: read(lift(version.document))


def _joined(values: Iterable[str]) -> str:
    return SEPARATOR.join(dict.fromkeys(value for value in values if value))


def _labels(kinds: Any, values: Iterable[str]) -> str:
    labels = dict(kinds.choices)
    return _joined(str(labels.get(value, value)) for value in values)


def _papers(document: Document) -> str:
    return _joined(
        paper["name"]
        for group in document["document_groups"]
        for paper in group["documents"]
        if not paper["note"]
    )


def _bases(document: Document) -> str:
    return _joined(basis["number"] or basis["title"] or "" for basis in document["legal_bases"])


def _online_level(document: Document) -> str:
    level = document["online_level"]
    return str(level["value"]) if level else ""


def _page(version: ProcedureVersion) -> str:
    return f"{settings.PUBLIC_URL}{reverse('catalogue:procedure', args=[version.code])}"


COLUMNS = (
    Column("code", _("Code of the procedure"), lambda version: version.code),
    Column("name", _("Name"), lambda version: version.name),
    Column("version", _("Version"), lambda version: version.number),
    Column("valid_from", _("In force from"), lambda version: str(version.valid_from or "")),
    Column("valid_to", _("Until, if set"), lambda version: str(version.valid_to or "")),
    Column("agency_code", _("Code of the publishing agency"), lambda version: version.agency.code),
    Column("agency", _("Publishing agency"), lambda version: version.agency.name),
    Column("field_code", _("Code of the field"), lambda version: version.field.code or ""),
    Column("field", _("Field"), lambda version: version.field.name),
    Column("levels", _("Levels"), _document(lambda d: _labels(Level, d["levels"]))),
    Column("audiences", _("Who it is for"), _document(lambda d: _labels(Audience, d["audiences"]))),
    Column("applicants", _("Applicants"), _document(lambda d: _joined(d["applicants"]))),
    Column(
        "implementing",
        _("Implementing agencies"),
        _document(lambda d: _joined(d["agencies"]["implementing"])),
    ),
    Column(
        "competent",
        _("Deciding agencies"),
        _document(lambda d: _joined(d["agencies"]["competent"])),
    ),
    Column(
        "receiving_places",
        _("Receiving places"),
        _document(lambda d: _joined(d["receiving_places"])),
    ),
    Column(
        "channels",
        _("How to file"),
        _document(lambda d: _labels(ChannelKind, (one["kind"] for one in d["channels"]))),
    ),
    Column("time", _("Time limits"), _document(lambda d: _joined(time_summary(d)))),
    Column("fee", _("Fees"), _document(lambda d: _joined(fee_summary(d)))),
    Column("sets", _("Sets of papers"), _document(lambda d: d["sets"] or "")),
    Column("papers_always", _("Papers always required"), _document(papers_to_bring)),
    Column("papers", _("Papers of the dossier"), _document(_papers)),
    Column(
        "results", _("Results"), _document(lambda d: _joined(one["name"] for one in d["results"]))
    ),
    Column("legal_bases", _("Legal bases"), _document(_bases)),
    Column("online_level", _("Level of the online service"), _document(_online_level)),
    Column(
        "decision",
        _("Publication decision"),
        lambda version: version.decision_item.decision.number,
    ),
    Column("sha256", _("SHA-256 of the document"), lambda version: version.sha256),
    Column("url", _("Page of the procedure"), _page),
)
