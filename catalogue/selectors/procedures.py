"""Reading a procedure as it stands on a day."""

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cached_property
from typing import Any

from catalogue import clock
from catalogue.documents import lift
from catalogue.models import ProcedureVersion, PublicationDecision
from catalogue.models.procedure import CODE_PATTERN

# What tells versions apart and names them; a document is a hundred times as much.
_LIGHT_COLUMNS = ("code", "number", "name", "sha256", "valid_from", "valid_to")


class ProcedureNotFound(LookupError):
    """No entered version of the procedure exists, on that day or at all."""


class Standing(Enum):
    """How the resolved version stands to the day asked for."""

    IN_FORCE = "in_force"
    UPCOMING = "upcoming"
    ENDED = "ended"


@dataclass(frozen=True)
class ResolvedProcedure:
    """A version, how it stands to the day, and the one that follows it.

    The version is read without its document and its decision: both come with one query more, when
    somebody asks for one of them.
    """

    version: ProcedureVersion
    standing: Standing
    upcoming: ProcedureVersion | None

    @property
    def document(self) -> dict[str, Any]:
        """The document of the version, in the present schema."""
        return lift(self._whole.document)

    @property
    def decision(self) -> PublicationDecision:
        """The number and kind of the decision that published the version."""
        return self._whole.decision_item.decision

    @cached_property
    def _whole(self) -> ProcedureVersion:
        return (
            ProcedureVersion.objects.select_related("decision_item__decision")
            .only("document", "decision_item__decision__number", "decision_item__decision__kind")
            .get(pk=self.version.pk)
        )


def resolve_procedure(code: str, on: date | None = None) -> ResolvedProcedure:
    """Return procedure `code` as it stands on a day (today without one).

    Without a version in force the next upcoming one is told, else the last that ended: pages of
    abolished procedures stay. Raises `ProcedureNotFound` when there is none of them.
    """
    if not re.fullmatch(CODE_PATTERN, code):
        raise ProcedureNotFound(code)
    day = on or clock.today()
    versions = list(
        ProcedureVersion.objects.entered()
        .filter(code=code)
        .only(*_LIGHT_COLUMNS)
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
            following = next((v for v in upcoming if v != found[0]), None)
            return ResolvedProcedure(found[0], standing, following)
    raise ProcedureNotFound(code)
