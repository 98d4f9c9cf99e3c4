"""Where each role can exist: a role outside its place would give rights that mean nothing there."""

from dataclasses import dataclass

from catalogue.enums import AgencyKind, Level, Role
from catalogue.models import Agency


@dataclass(frozen=True)
class Place:
    """The agencies at which a role exists: any of `levels` and, where given, any of `kinds`."""

    levels: frozenset[str]
    kinds: frozenset[str] | None = None

    def includes(self, agency: Agency) -> bool:
        """Whether `agency` is such a place."""
        return agency.level in self.levels and (self.kinds is None or agency.kind in self.kinds)


_ANYWHERE = Place(frozenset(Level))
_MINISTRY = Place(frozenset({Level.MINISTRY}))
_PROVINCE = Place(frozenset({Level.PROVINCE}))

ROLE_PLACES: dict[str, Place] = {
    # D63 art. 30 and D61 art. 30: the Government Office controls procedures of all others.
    Role.GOVERNMENT_CONTROL: Place(_MINISTRY.levels, frozenset({AgencyKind.GOVERNMENT})),
    Role.MINISTRY_EDITOR: _MINISTRY,
    Role.MINISTRY_APPROVER: _MINISTRY,
    Role.MINISTRY_CONTROL: _MINISTRY,
    Role.PROVINCE_EDITOR: _PROVINCE,
    Role.PROVINCE_CONTROL: _PROVINCE,
    Role.AGENCY_ADMINISTRATOR: _ANYWHERE,
    Role.UNIT_HEAD: _ANYWHERE,
    Role.COUNTER_OFFICER: _ANYWHERE,
    Role.APPRAISER: _ANYWHERE,
    Role.DECISION_MAKER: _ANYWHERE,
    Role.CASHIER: _ANYWHERE,
    Role.POSTAL_AGENT: _ANYWHERE,
    Role.PLUGIN_MANAGER: Place(frozenset({Level.MINISTRY, Level.PROVINCE})),
    Role.SUPERVISOR: _ANYWHERE,
    Role.AUDITOR: _ANYWHERE,
    Role.HELPER: _ANYWHERE,
}


def roles_at(agency: Agency) -> list[str]:
    """Return the roles that can exist at `agency`."""
    return [role for role, place in ROLE_PLACES.items() if place.includes(agency)]
