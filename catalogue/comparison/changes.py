"""What a change is, told so that a page shows it as it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.comparison.words import Run, excerpt


class Section(models.TextChoices):
    """Where on the public page the changed thing stands; in the order of the page."""

    NAME = "name", gettext_lazy("Name and field")
    PAPERS = "papers", gettext_lazy("What to bring")
    CHANNELS = "channels", gettext_lazy("How to hand it in")
    RESULTS = "results", gettext_lazy("What you receive")
    STEPS = "steps", gettext_lazy("What happens, step by step")
    REQUIREMENTS = "requirements", gettext_lazy("Requirements and conditions")
    APPLICANTS = "applicants", gettext_lazy("Who may apply")
    AGENCIES = "agencies", gettext_lazy("Agencies")
    LEGAL_BASES = "legal_bases", gettext_lazy("Legal bases")
    OTHER = "other", gettext_lazy("Other details")


class ChangeKind(models.TextChoices):
    """What happened to a thing between two versions."""

    ADDED = "added", gettext_lazy("Added")
    REMOVED = "removed", gettext_lazy("Removed")
    MOVED = "moved", gettext_lazy("Moved")
    CHANGED = "changed", gettext_lazy("Changed")


@dataclass(frozen=True)
class Detail:
    """A fact of a part that came or went: what it is and the words for it."""

    label: str
    words: str


@dataclass(frozen=True)
class Change:
    """One difference between two documents.

    `path` leads to it: names of members and permanent keys. `before` and `after` are plain words
    in the reader's language, or text of the documents; "" says nothing was or is there. `runs`
    tells a changed text word by word, `details` a part that came or went. `wording` is true where
    a free text was replaced by another one and nothing else happened.
    """

    section: Section
    kind: ChangeKind
    path: tuple[str, ...]
    heading: str
    label: str = ""
    before: str = ""
    after: str = ""
    runs: tuple[Run, ...] = ()
    details: tuple[Detail, ...] = ()
    wording: bool = False

    @property
    def shown(self) -> tuple[Run, ...]:
        """The runs of a changed text, without what stands far from every change."""
        return excerpt(self.runs)

    @property
    def title(self) -> str:
        """The part and the field of it that changed, in words."""
        return ": ".join(filter(None, (self.heading, self.label)))


def came_or_went(
    kind: ChangeKind,
    section: Section,
    path: tuple[str, ...],
    heading: str,
    words: str,
    details: tuple[Detail, ...] = (),
) -> Change:
    """Return the change of a thing told by `words` that was added or removed."""
    before, after = ("", words) if kind is ChangeKind.ADDED else (words, "")
    return Change(section, kind, path, heading, before=before, after=after, details=details)


def reordered(
    section: Section, path: tuple[str, ...], heading: str, places: tuple[int, int]
) -> Change:
    """Return the change of a thing that stands elsewhere among its siblings; places count from 0.

    The same place is not told: the thing stands there still, but others passed it.
    """
    before, after = (_("place %d") % (place + 1) for place in places)
    if before == after:
        before = after = ""
    return Change(section, ChangeKind.MOVED, path, heading, before=before, after=after)


def by_section(changes: Iterable[Change]) -> list[tuple[Section, list[Change]]]:
    """Return `changes`, as `compare` orders them, under the sections of the page."""
    return [(section, list(held)) for section, held in groupby(changes, lambda c: c.section)]
