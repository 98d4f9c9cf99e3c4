"""Fields of a document's parts: how each is read, told in words, and what changing it means."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from catalogue.comparison.changes import Change, ChangeKind, Detail, Section
from catalogue.comparison.meaning import keeps_meaning
from catalogue.comparison.words import word_runs
from catalogue.enums import FeeState, TimeState, TimeUnit

Part = Mapping[str, Any]
_CODES: dict[Any, Any] = dict([*FeeState.choices, *TimeState.choices, *TimeUnit.choices])


@dataclass(frozen=True)
class Field:
    """A field of a part: `read` gives its value, `words` tells it.

    `text` is compared word by word. `wording` says that one text in place of another means the
    same where figures and telling words stay: times and fees state their value in their text, so
    theirs is not mere wording.
    """

    name: str
    label: str | Promise
    words: Callable[[Part], str]
    read: Callable[[Part], Any]
    text: bool = False
    wording: bool = False


def told(*names: str, label: str | Promise, words: Callable[[Part], str]) -> Field:
    """Return a field that tells the members `names` of a part together."""
    return Field(names[0], label, words, itemgetter(*names))


def text(name: str, label: str | Promise, *, wording: bool = True) -> Field:
    """Return a field of free text, null or a string."""
    return Field(name, label, lambda part: part[name] or "", itemgetter(name), True, wording)


def value(name: str, label: str | Promise) -> Field:
    """Return a field with a value that is told as it is written, null or a string."""
    return Field(name, label, lambda part: part[name] or "", itemgetter(name))


def field_change(
    field: Field, before: Part, after: Part, *, section: Section, path: tuple[str, ...], of: str
) -> Change | None:
    """Return how `field` of the part with the heading `of` changed, None when it did not."""
    if field.read(before) == field.read(after):
        return None
    old, new = field.words(before), field.words(after)
    replaced = field.text and old != "" and new != ""
    if old == new:
        old, new = _exact(field.read(before), field.read(after))
    return Change(
        section,
        ChangeKind.CHANGED,
        (*path, field.name),
        of,
        str(field.label),
        old,
        new,
        word_runs(old, new) if replaced else (),
        wording=field.wording and replaced and keeps_meaning(old, new),
    )


def details(fields: tuple[Field, ...], part: Part, *, unless: str) -> tuple[Detail, ...]:
    """Return what the fields of `part` say, but for nothing, none and the words `unless`."""
    said = (field for field in fields if field.read(part))
    told_fields = (Detail(str(field.label), field.words(part)) for field in said)
    return tuple(detail for detail in told_fields if detail.words not in ("", unless))


def _exact(old: Any, new: Any) -> tuple[str, str]:
    """Return both values as they are written, where the plain words for them are the same."""
    if not isinstance(old, tuple) or not isinstance(new, tuple):
        return _written(old), _written(new)
    pairs = [pair for pair in zip(old, new, strict=True) if pair[0] != pair[1]]
    before, after = (", ".join(map(_written, side)) for side in zip(*pairs, strict=True))
    return before, after


def _written(held: Any) -> str:
    if held is None:
        return _("not stated")
    if held == "":
        return _("empty")
    return str(_CODES.get(held, held))
