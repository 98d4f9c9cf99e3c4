"""The rows that a page names in its parts, acts and files: read at once for the whole page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wagtail.documents import get_document_model

from catalogue.models import LegalAct


@dataclass(frozen=True)
class NamedRows:
    """The acts and files of a page, by primary key."""

    acts: Mapping[int, LegalAct]
    files: Mapping[int, Any]

    def act(self, pk: int | None) -> dict[str, Any]:
        """Return the words of an act as a document says them; without one its number is empty."""
        act = self.acts.get(pk or 0)
        if act is None:
            return {"number": "", "title": "", "issued_on": None, "agency": None}
        day = act.issued_on.isoformat() if act.issued_on else None
        return {
            "number": act.number,
            "title": act.title,
            "issued_on": day,
            "agency": act.issuer or None,
        }

    def form(self, held: Mapping[str, Any]) -> dict[str, Any] | None:
        """Return a blank form, named after its file where it has no name of its own."""
        name, file = held["name"], self.files.get(held["file"] or 0)
        if file is not None:
            return {"name": name or file.title, "file": file.url}
        return {"name": name, "file": None} if name else None


def rows_named_in(parts: Any) -> NamedRows:
    """Return the rows that raw `parts` name, with one query for each kind that there is."""
    acts, files = set(named_in(parts, "act")), set(named_in(parts, "file"))
    return NamedRows(
        acts=LegalAct.objects.in_bulk(acts) if acts else {},
        files=get_document_model().objects.in_bulk(files) if files else {},
    )


def named_in(parts: Any, name: str) -> Iterator[int]:
    """Yield the primary keys that raw `parts` hold under `name`, nested ones too."""
    if isinstance(parts, list):
        for part in parts:
            yield from named_in(part, name)
    elif isinstance(parts, dict):
        if parts.get(name):
            yield parts[name]
        for nested in parts.values():
            yield from named_in(nested, name)
