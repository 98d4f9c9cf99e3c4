"""The agencies and fields of today by name, kept by each process."""

from collections.abc import Iterator
from datetime import date
from threading import Lock
from time import monotonic

import structlog
from django.db import InterfaceError, OperationalError

from catalogue import clock
from catalogue.enums import AgencyKind, Level
from catalogue.models import Agency
from catalogue.selectors.changes import last_sequence
from catalogue.selectors.listing import Listing, Narrowing, listing
from catalogue.text import fold
from formbuilder.selectors.places import place_name
from search.name_table import AGENCY, FIELD, Named, NameTable

# So seldom a process looks whether the catalogue has changed since: names hardly ever do.
KEPT_SECONDS = 60.0
_LEVELS = (Level.MINISTRY, Level.OTHER, Level.PROVINCE, Level.COMMUNE)
# What stands before the name of a place in that of its committee, and need not be typed.
_KINDS_OF_PLACES = ("đặc khu", "phường", "xã", "thị trấn", "thành phố", "tỉnh")
_BESIDE_PLACES = "uỷ ban nhân dân ubnd tp"
_BESIDE_FIELDS = "lĩnh vực"
_log = structlog.get_logger(__name__)


class KeptNames:
    """The table of this process; it outlives a database that is away."""

    def __init__(self) -> None:
        self._reading = Lock()
        self.forget()

    def forget(self) -> None:
        """Read the names anew when they are asked for next."""
        self._table = NameTable(())
        self._state: tuple[int, date] | None = None
        self._asked_at: float | None = None

    def current(self) -> NameTable:
        """Return the names; only who finds them old waits for the database."""
        is_old = self._asked_at is None or monotonic() - self._asked_at > KEPT_SECONDS
        if is_old and self._reading.acquire(blocking=self._asked_at is None):
            try:
                self._refresh()
            finally:
                self._reading.release()
        return self._table

    def _refresh(self) -> None:
        try:
            # Agencies begin and end by date, also when nothing is announced.
            state = (last_sequence(), clock.today())
            if state != self._state:
                self._table, self._state = NameTable(read_names()), state
        except (OperationalError, InterfaceError):
            # The index answers without the database; names come back with it.
            _log.warning("search.names_unread")
        self._asked_at = monotonic()


kept_names = KeptNames()


def read_names() -> Iterator[Named]:
    """Yield the fields that have procedures and the agencies of today, the weightiest first."""
    listed = listing()
    counts = listed.counts("field", Narrowing())
    for field in sorted(listed.fields.values(), key=lambda field: field.sort_key):
        yield Named(
            FIELD,
            field.address_key,
            field.name,
            core=field.name,
            beside=_BESIDE_FIELDS,
            procedures=counts[field.pk],
        )
    yield from _agencies(listed)


def _agencies(listed: Listing) -> Iterator[Named]:
    counts = listed.counts("agency", Narrowing())
    agencies = Agency.objects.valid_on(clock.today()).select_related("parent").order_by("sort_key")
    by_level = sorted(agencies, key=lambda agency: _LEVELS.index(Level(agency.level)))
    for agency in by_level:
        above = agency.parent.name if agency.parent else ""
        core, beside = _core_and_beside(agency, above)
        yield Named(
            AGENCY,
            agency.code,
            agency.name,
            core=core,
            beside=beside,
            above=above,
            level=agency.level,
            procedures=counts[agency.pk],
        )


def _core_and_beside(agency: Agency, above: str) -> tuple[str, str]:
    """Return what must be typed to mean an agency, and what may stand beside it."""
    if agency.kind != AgencyKind.PEOPLES_COMMITTEE:
        return agency.name, agency.name_en
    place = place_name(agency.name)
    kind = next((kind for kind in _KINDS_OF_PLACES if fold(place).startswith(fold(kind))), "")
    return place[len(kind) :], f"{_BESIDE_PLACES} {kind} {place_name(above)}"
