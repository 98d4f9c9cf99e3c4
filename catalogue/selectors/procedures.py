"""Reading a procedure as it stands on a day."""

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from catalogue import clock
from catalogue.documents import lift
from catalogue.models import ProcedureVersion
from catalogue.models.procedure import CODE_PATTERN

# The rest of a version is for lists and decisions; it is read when somebody asks for it.
_SHOWN_COLUMNS = (
    *("code", "number", "name", "document", "sha256", "valid_from", "valid_to"),
    *("decision_item__decision__number", "decision_item__decision__kind"),
)


class ProcedureNotFound(LookupError):
    """No entered version of the procedure exists, on that day or at all."""


class Standing(Enum):
    """How the resolved version stands to the day asked for."""

    IN_FORCE = "in_force"
    UPCOMING = "upcoming"
    ENDED = "ended"


@dataclass(frozen=True)
class ResolvedProcedure:
    """A version, its document, and how it stands to the day."""

    version: ProcedureVersion
    document: dict[str, Any]
    standing: Standing
    upcoming: ProcedureVersion | None


def resolve_procedure(code: str, on: date | None = None) -> ResolvedProcedure:
    """Return procedure `code` as it stands on a day (today without one).

    Without a version in force the next upcoming one is told, else the last that ended: pages of
    abolished procedures stay. Raises `ProcedureNotFound` when there is none of them.
    """
    if not re.fullmatch(CODE_PATTERN, code):
        raise ProcedureNotFound(code)
    day = on or clock.today()
    # All versions without their documents, then the one that is shown: two queries, however many
    # versions there are.
    versions = list(
        ProcedureVersion.objects.entered()
        .filter(code=code)
        .only("number", "valid_from", "valid_to")
        .order_by("valid_from")
    )
    upcoming = [v for v in versions if v.valid_from and v.valid_from > day]
    ended = [v for v in versions if v.valid_to and v.valid_to <= day]
    current = [v for v in versions if v not in upcoming and v not in ended]
    for standing, found in (
        (Standing.IN_FORCE, current[:1]),
        (Standing.UPCOMING, upcoming[:1]),
        (Standing.ENDED, ended[-1:]),
    ):
        if found:
            version = _shown(found[0].pk)
            following = next((v for v in upcoming if v != version), None)
            return ResolvedProcedure(version, lift(version.document), standing, following)
    raise ProcedureNotFound(code)


def _shown(pk: int) -> ProcedureVersion:
    """Return a version with its document and what the page says of its decision."""
    return (
        ProcedureVersion.objects.select_related("decision_item__decision")
        .only(*_SHOWN_COLUMNS)
        .get(pk=pk)
    )
