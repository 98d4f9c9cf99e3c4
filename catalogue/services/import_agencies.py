"""The publishing agency of an imported record, found by its name or by its code."""

from datetime import date

from django.utils.translation import gettext as _

from catalogue.importing.records import ReadRecord
from catalogue.models import Agency
from catalogue.services.procedures import publishing_agencies
from catalogue.text import fold


class AgencyUnclear(ValueError):
    """No agency, an ended one or several have the name; the message tells the mend."""


class KnownAgencies:
    """The agencies that publish, read once; those that are gone on `day` publish no more."""

    def __init__(self, *, day: date) -> None:
        self._by_code: dict[str, Agency] = {}
        self._by_name: dict[str, list[Agency]] = {}
        self._ended: set[str] = set()
        for agency in publishing_agencies():
            if agency.valid_to and agency.valid_to <= day:
                self._ended.add(fold(agency.name))
                continue
            self._by_code[agency.code] = agency
            self._by_name.setdefault(fold(agency.name), []).append(agency)

    def of(self, read: ReadRecord) -> Agency:
        """Return the agency that publishes `read`: a document names it by its code as well.

        Raises `AgencyUnclear`.
        """
        named = self._by_name.get(fold(read.agency_name), [])
        coded = self._coded(read)
        if coded and (coded in named or not named):
            return coded
        if len(named) > 1:
            raise AgencyUnclear(
                _("several agencies are named “%(name)s”, with the codes %(codes)s: rename one")
                % {"name": read.agency_name, "codes": ", ".join(one.code for one in named)}
            )
        if named:
            return named[0]
        if fold(read.agency_name) in self._ended:
            raise AgencyUnclear(
                _("the publishing agency “%s” has ended: name its successor") % read.agency_name
            )
        raise AgencyUnclear(
            _("unknown publishing agency “%s”: import the agencies first") % read.agency_name
        )

    def _coded(self, read: ReadRecord) -> Agency | None:
        if not read.keys_kept:
            return None
        return self._by_code.get(read.document["agencies"]["publishing"]["code"])
