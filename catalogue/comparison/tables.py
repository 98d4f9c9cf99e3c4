"""The one table of what a document holds: sections, names, fields; the comparison walks it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from operator import itemgetter
from urllib.parse import unquote

from django.db.models import TextChoices
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.comparison.changes import Section
from catalogue.comparison.fields import Field, Part, text, told, value
from catalogue.enums import Audience, ChannelKind, GroupKind, Level
from catalogue.wording import fee_words, time_words

# A heading names a part by so many characters of its text.
HEADING = 120
# One that is known by its number is named by so many of its first characters as well.
OPENING = 60


@dataclass(frozen=True)
class Parts:
    """A list of parts with permanent keys, and the list in each of them.

    `heading` names a part where a field of it changed, `content` tells one that came or went.
    """

    name: str
    section: Section
    heading: Callable[["Placed"], str]
    content: Callable[[Part], str]
    fields: tuple[Field, ...]
    nested: "Parts | None" = None


@dataclass(frozen=True)
class Placed:
    """A part of a list, the parts it lies in (the outermost first), its place among siblings."""

    parts: Parts
    part: Part
    within: tuple["Placed", ...]
    place: int

    @property
    def key(self) -> str:
        """Its permanent key."""
        return str(self.part["key"])

    @property
    def owner(self) -> str:
        """The key of the part it lies in, "" for none."""
        return self.within[-1].key if self.within else ""

    @property
    def heading(self) -> str:
        """The words that name it."""
        return self.parts.heading(self)

    @property
    def path(self) -> tuple[str, ...]:
        """The names of lists and the keys that lead to it."""
        above = self.within[-1].path if self.within else ()
        return (*above, self.parts.name, self.key)


@dataclass(frozen=True)
class Entries:
    """A list of plain values: without keys, each is known by what it says."""

    path: tuple[str, ...]
    section: Section
    heading: str | Promise
    words: Callable[[str], str] = str


Row = tuple[Section, Field] | Parts | Entries


def _label(choices: type[TextChoices], name: str) -> str:
    """Return the words for a choice; a draft may lack it, and lists of the law may grow."""
    return str(choices(name).label) if name in choices.values else name


def _channel(channel: Part) -> str:
    return _label(ChannelKind, channel["kind"])


def _by(channel: Part) -> str:
    name = _channel(channel)
    return name[:1].lower() + name[1:]


def _count(name: str, label: Promise) -> Field:
    return told(name, label=label, words=lambda part: number_format(part[name], use_l10n=True))


def _paper_kind(paper: Part) -> str:
    return _("Note") if paper["note"] else _("Paper to hand in")


def _form(name: str, label: Promise, words: Callable[[str], str]) -> Field:
    def read(paper: Part) -> str | None:
        return paper["form"][name] if paper["form"] else None

    return Field(f"form_{name}", label, lambda paper: words(read(paper) or ""), read)


def _file_name(address: str) -> str:
    return unquote(address.rstrip("/").rpartition("/")[2])


def _day(act: Part) -> str:
    return re.sub(r"^(\d{4})-(\d{2})-(\d{2})$", r"\3/\2/\1", act["issued_on"] or "")


def _short(words: str) -> str:
    return Truncator(words).chars(HEADING)


def _numbered(kind: Promise) -> Callable[[Placed], str]:
    def heading(placed: Placed) -> str:
        words = Truncator(placed.part["text"]).chars(OPENING)
        return f"{kind} {placed.place + 1} “{words}”"

    return heading


def _group(group: Part) -> str:
    return group["title"] or _label(GroupKind, group["kind"])


def _paper_heading(placed: Placed) -> str:
    words = _short(placed.part["name"])
    return _("Note “%s”") % words if placed.part["note"] else _("Paper “%s”") % words


def _requirement_kind(requirement: Part) -> str:
    return _("Requirement") if requirement["kind"] == "general" else _("Business condition")


def _named(name: str, of: Callable[[Part], Part], label: Promise) -> Field:
    """Return the field of something with a code and a name."""

    def read(document: Part) -> tuple[str, str | None]:
        return of(document)["name"], of(document)["code"]

    def words(document: Part) -> str:
        named, code = read(document)
        return f"{named} ({code})" if code else named

    return Field(name, label, words, read)


def _sets(document: Part) -> str:
    sets = document["sets"]
    return "" if sets is None else number_format(sets, use_l10n=True)


def _online(document: Part) -> tuple[str, str]:
    level = document["online_level"]
    return level["scheme"], level["value"]


def _online_words(document: Part) -> str:
    return " ".join(filter(None, _online(document)))


def _source(name: str, label: Promise) -> Field:
    def read(document: Part) -> str | None:
        return document["source"][name]

    return Field(f"source_{name}", label, lambda document: read(document) or "", read)


FEES = Parts(
    "fees",
    Section.CHANNELS,
    lambda placed: _("Fee (%s)") % _by(placed.within[0].part),
    fee_words,
    (
        told("state", "value", "unit", label="", words=fee_words),
        text("text", gettext_lazy("As published"), wording=False),
    ),
)
TIME_LIMITS = Parts(
    "time_limits",
    Section.CHANNELS,
    lambda placed: _("Time limit (%s)") % _by(placed.within[0].part),
    time_words,
    (
        told("state", "value", "unit", label="", words=time_words),
        text("text", gettext_lazy("As published"), wording=False),
    ),
    FEES,
)
CHANNELS = Parts(
    "channels",
    Section.CHANNELS,
    lambda placed: _("Channel “%s”") % _channel(placed.part),
    _channel,
    (
        told("kind", label=gettext_lazy("Kind"), words=_channel),
        text("text", gettext_lazy("Note")),
    ),
    TIME_LIMITS,
)
PAPERS = Parts(
    "documents",
    Section.PAPERS,
    _paper_heading,
    lambda paper: paper["name"],
    (
        text("name", gettext_lazy("Name")),
        told("note", label=gettext_lazy("Kind"), words=_paper_kind),
        _count("originals", gettext_lazy("Originals")),
        _count("copies", gettext_lazy("Copies")),
        _form("name", gettext_lazy("Blank form"), str),
        _form("file", gettext_lazy("File of the form"), _file_name),
        text("text", gettext_lazy("Explanation")),
    ),
)
GROUPS = Parts(
    "document_groups",
    Section.PAPERS,
    lambda placed: _("Group of papers “%s”") % _short(_group(placed.part)),
    _group,
    (
        text("title", gettext_lazy("Heading")),
        told(
            "kind",
            label=gettext_lazy("Kind"),
            words=lambda group: _label(GroupKind, group["kind"]),
        ),
        value("kind_rule", gettext_lazy("Why this kind")),
    ),
    PAPERS,
)
RESULTS = Parts(
    "results",
    Section.RESULTS,
    lambda placed: _("Result “%s”") % _short(placed.part["name"]),
    lambda result: result["name"],
    (
        text("name", gettext_lazy("Name")),
        value("code", gettext_lazy("Code of the result")),
    ),
)
STEPS = Parts(
    "steps",
    Section.STEPS,
    _numbered(gettext_lazy("Step")),
    lambda step: step["text"],
    (
        value("case", gettext_lazy("Case")),
        text("text", gettext_lazy("Content")),
    ),
)
REQUIREMENTS = Parts(
    "requirements",
    Section.REQUIREMENTS,
    _numbered(gettext_lazy("Condition")),
    lambda requirement: requirement["text"],
    (
        told("kind", label=gettext_lazy("Kind"), words=_requirement_kind),
        text("text", gettext_lazy("Content")),
    ),
)
LEGAL_BASES = Parts(
    "legal_bases",
    Section.LEGAL_BASES,
    lambda placed: _("Legal basis “%s”") % _short(placed.part["number"]),
    lambda act: act["number"],
    (
        value("number", gettext_lazy("Number")),
        text("title", gettext_lazy("Title of the act")),
        told("issued_on", label=gettext_lazy("Issued on"), words=_day),
        value("agency", gettext_lazy("Issued by")),
    ),
)

# In the order of the public page. `schema` and `language` have one value each, so never differ.
DOCUMENT: tuple[Row, ...] = (
    (Section.NAME, value("code", gettext_lazy("Code"))),
    (Section.NAME, text("name", gettext_lazy("Name"))),
    (Section.NAME, _named("field", itemgetter("field"), gettext_lazy("Field"))),
    Entries(("levels",), Section.NAME, gettext_lazy("Level"), partial(_label, Level)),
    (Section.PAPERS, told("sets", label=gettext_lazy("Sets of papers"), words=_sets)),
    GROUPS,
    CHANNELS,
    Entries(("receiving_places",), Section.CHANNELS, gettext_lazy("Where to hand it in")),
    RESULTS,
    STEPS,
    REQUIREMENTS,
    Entries(
        ("audiences",),
        Section.APPLICANTS,
        gettext_lazy("Audience"),
        partial(_label, Audience),
    ),
    Entries(("applicants",), Section.APPLICANTS, gettext_lazy("Who may apply")),
    Entries(("agencies", "implementing"), Section.AGENCIES, gettext_lazy("Carried out by")),
    Entries(("agencies", "competent"), Section.AGENCIES, gettext_lazy("Decided by")),
    Entries(("agencies", "delegated"), Section.AGENCIES, gettext_lazy("Delegated to")),
    Entries(("agencies", "coordinating"), Section.AGENCIES, gettext_lazy("Together with")),
    (
        Section.AGENCIES,
        _named("publishing", lambda d: d["agencies"]["publishing"], gettext_lazy("Published by")),
    ),
    LEGAL_BASES,
    Entries(("keywords",), Section.OTHER, gettext_lazy("Keyword")),
    (Section.OTHER, Field("online_level", gettext_lazy("Online level"), _online_words, _online)),
    (Section.OTHER, _source("decision_number", gettext_lazy("Decision at the source"))),
    (Section.OTHER, _source("url", gettext_lazy("Address of the source"))),
)
