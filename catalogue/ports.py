"""Doors through which apps above the catalogue take part in its work."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

from catalogue.models import Agency, ProcedureVersion

Keep = Callable[[], None]
VersionCompanion = Callable[[Sequence[ProcedureVersion]], Keep]
_companions: list[VersionCompanion] = []


def version_companion(function: VersionCompanion) -> VersionCompanion:
    """Register `function` to make what belongs to approved versions, a form say.

    It is given versions that are not stored yet and does what takes time; what it returns is
    called inside the transaction that stored them, and writes. `CompanionRefused` tells at
    which of them it failed, and why; any exception of either refuses the approval.
    """
    _companions.append(function)
    return function


def prepare_companions(versions: Sequence[ProcedureVersion]) -> list[Keep]:
    """Let every companion prepare for `versions`; call what is returned once they are stored."""
    return [companion(versions) for companion in _companions]


class CompanionRefused(ValueError):
    """What belongs to some versions cannot be made; `problems` tells why, by procedure code."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("; ".join(problems.values()))
        self.problems = problems


class OfficeDays(Protocol):
    """The working days of one agency."""

    def working_days_between(self, start: date, end: date, /) -> int:
        """Return how many working days lie after `start`, up to `end` included."""

    def working_days_after(self, start: date, days: int, /) -> date:
        """Return the working day that is `days` working days after `start`."""


class OfficeCalendars(Protocol):
    """Finds the working days of agencies."""

    def __call__(self, agencies: Iterable[Agency], on: date, /) -> Mapping[int, OfficeDays]:
        """Return the working days of each of `agencies` by its key, as they are known `on` a day.

        An agency without a calendar is left out.
        """


class _Ports:
    """Who stands behind each door; one object, filled when the apps are ready."""

    office_calendars: OfficeCalendars | None = None


ports = _Ports()


def register_office_calendars(office_calendars: OfficeCalendars) -> OfficeCalendars:
    """Let `office_calendars` count working days from now on."""
    ports.office_calendars = office_calendars
    return office_calendars


def office_days(agencies: Iterable[Agency], on: date) -> Mapping[int, OfficeDays]:
    """Return the working days of `agencies` by key; none where nobody keeps calendars."""
    return ports.office_calendars(agencies, on) if ports.office_calendars else {}
