"""Doors through which apps above the catalogue take part in its work."""

from collections.abc import Callable

from catalogue.models import ProcedureVersion

VersionCompanion = Callable[[ProcedureVersion], None]
_companions: list[VersionCompanion] = []


def version_companion(function: VersionCompanion) -> VersionCompanion:
    """Register `function` to run inside the transaction that stores an approved version.

    What belongs to a version (its form, say) is made there; an exception refuses the approval.
    """
    _companions.append(function)
    return function


def run_version_companions(version: ProcedureVersion) -> None:
    """Let every companion make what belongs to `version`."""
    for companion in _companions:
        companion(version)
