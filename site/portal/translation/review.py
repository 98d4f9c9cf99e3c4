"""Compares what the code says with what the Vietnamese catalogues hold."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from portal.translation.catalogues import (
    ROOT,
    catalogue_paths,
    read_catalogue,
    write_catalogue,
)
from portal.translation.extraction import extract_catalogue

PLACEHOLDER = re.compile(r"%\(\w+\)[sdf]|%[sd]|\{\w*\}")


@dataclass(frozen=True)
class Finding:
    """One message whose Vietnamese is `missing`, `fuzzy`, `obsolete` or `mismatched`."""

    kind: str
    message: str
    place: str


def review_catalogues(root: Path = ROOT) -> list[Finding]:
    """Return what is wrong with the catalogues of all packages; nothing when all is translated."""
    return [
        finding
        for path in catalogue_paths(root)
        for finding in _review(read_catalogue(path), extract_catalogue(path, root), path, root)
    ]


def update_catalogues(root: Path = ROOT) -> list[Path]:
    """Bring each `.po` file in line with its sources; return those that changed.

    New messages take the Vietnamese another package already has, obsolete ones are removed.
    """
    known = [read_catalogue(path) for path in catalogue_paths(root)]
    changed = []
    for path in catalogue_paths(root):
        said, stored = extract_catalogue(path, root), read_catalogue(path)
        if not len(said) and not path.exists():
            continue
        before = path.read_bytes() if path.exists() else b""
        created = stored.creation_date
        stored.update(said, no_fuzzy_matching=True)
        stored.creation_date = created
        for message in stored:
            if message.id and not _translation(message):
                remembered = _remembered(message, known)
                message.string = (remembered,) if message.pluralizable else remembered
        write_catalogue(path, stored)
        if path.read_bytes() != before:
            changed.append(path)
    return changed


def _review(stored: Catalog, said: Catalog, path: Path, root: Path) -> Iterator[Finding]:
    for message in said:
        if not message.id:
            continue
        place = message.locations[0][0]
        held = stored.get(message.id, message.context)
        if held is None or not _translation(held):
            yield Finding("missing", _text(message), place)
        elif held.fuzzy:
            yield Finding("fuzzy", _text(message), place)
        elif _placeholders(message) != _placeholders(held):
            yield Finding("mismatched", _text(message), place)
    for message in stored:
        if message.id and said.get(message.id, message.context) is None:
            yield Finding("obsolete", _text(message), str(path.relative_to(root)))


def _placeholders(message: Message) -> set[str]:
    """The placeholders of the original, or of the translation once there is one."""
    text = _translation(message) or _plural(message)
    return set(PLACEHOLDER.findall(text))


def _remembered(message: Message, known: list[Catalog]) -> str:
    for catalogue in known:
        held = catalogue.get(message.id, message.context)
        if held and not held.fuzzy:
            return _translation(held)
    return ""


def _text(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _plural(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[-1]


def _translation(message: Message) -> str:
    """The stored Vietnamese; a language without plural forms has one string per message."""
    string = message.string or ""
    return string if isinstance(string, str) else "".join(string)
