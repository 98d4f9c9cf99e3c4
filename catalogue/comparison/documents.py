"""Comparing two canonical documents of one procedure."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from catalogue.comparison.changes import Change, ChangeKind, Section, came_or_went
from catalogue.comparison.entries import entry_changes
from catalogue.comparison.fields import Part, field_change
from catalogue.comparison.parts import part_changes
from catalogue.comparison.tables import DOCUMENT, Entries, Parts, Row


def compare(before: Part | None, after: Part | None) -> list[Change]:
    """Return what changed from the document `before` to `after`, in the order of the public page.

    Parts are known again by their permanent keys. Where a procedure is issued or abolished one
    document is None: that is one change. Equal documents have none. Words are in the language
    in use.
    """
    if before is None or after is None:
        return _whole(before, after)
    return [change for row in DOCUMENT for change in _changes(row, before, after)]


def changes_meaning(before: Part | None, after: Part | None) -> list[Change]:
    """Return the changes that are more than another wording of a free text.

    What comes, goes, moves or has another value, unit, state, kind, count, form or code changes
    the meaning; so does another published text of a time limit or a fee, which may hold the value,
    and a text with other figures or telling words.
    """
    return [change for change in compare(before, after) if not change.wording]


def _whole(before: Part | None, after: Part | None) -> list[Change]:
    document = after or before
    if document is None:
        return []
    kind = ChangeKind.ADDED if before is None else ChangeKind.REMOVED
    return [came_or_went(kind, Section.NAME, (), _("The whole procedure"), document["name"])]


def _changes(row: Row, before: Part, after: Part) -> Iterator[Change]:
    if isinstance(row, Parts):
        yield from part_changes(row, before, after)
    elif isinstance(row, Entries):
        yield from entry_changes(row, before, after)
    else:
        section, field = row
        change = field_change(field, before, after, section=section, path=(), of="")
        if change:
            yield change
