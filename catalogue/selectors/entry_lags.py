"""How long agencies take from the signing of a decision to its entry (D63 art. 24(2))."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from django.db.models import QuerySet

from catalogue import clock
from catalogue.enums import AgencyKind, DecisionKind, DecisionState
from catalogue.models import Agency, PublicationDecision
from catalogue.permissions import Permission, agencies_for
from catalogue.ports import OfficeDays, office_days
from catalogue.selectors.publication_days import entry_days, entry_rules


@dataclass(frozen=True)
class EntryLag:
    """Days from the signing of one decision to its entry, or to today while it waits.

    Working days, or calendar days where no calendar of the agency is known (`is_working`).
    `limit` is None where the law sets none.
    """

    decision: PublicationDecision
    days: int
    limit: int | None
    is_working: bool

    @property
    def is_late(self) -> bool:
        """Whether it took longer than the law allows."""
        return self.limit is not None and self.days > self.limit


@dataclass(frozen=True)
class AgencyLag:
    """The lags of one agency in a period."""

    agency: Agency
    lags: Sequence[EntryLag]

    @property
    def decisions(self) -> int:
        """How many decisions were entered."""
        return len(self.lags)

    @property
    def median(self) -> float:
        """Half of them took at most so many days."""
        return median(lag.days for lag in self.lags)

    @property
    def longest(self) -> int:
        """The most days that one took."""
        return max(lag.days for lag in self.lags)

    @property
    def late(self) -> int:
        """How many took longer than allowed."""
        return sum(lag.is_late for lag in self.lags)

    @property
    def percent_in_time(self) -> int:
        """The share of those entered in time, in whole per cent; 100 only when all were."""
        percent = round(100 * (self.decisions - self.late) / self.decisions)
        return min(percent, 99) if self.late else percent

    @property
    def is_working(self) -> bool:
        """Whether every lag was counted in working days."""
        return all(lag.is_working for lag in self.lags)


def entry_lags(user: Any, *, start: date, end: date) -> list[AgencyLag]:
    """Return the lags of the reader's agencies, entered from `start` to `end`, slowest first."""
    entered = _signed(user).filter(
        state=DecisionState.IN_FORCE, entered_at__date__range=(start, end)
    )
    by_agency: dict[Agency, list[EntryLag]] = defaultdict(list)
    for lag in _lags(entered):
        by_agency[lag.decision.agency].append(lag)
    agencies = [AgencyLag(agency, lags) for agency, lags in by_agency.items()]
    return sorted(agencies, key=lambda each: (-each.median, each.agency.sort_key))


def late_decisions(agencies: Sequence[AgencyLag]) -> list[EntryLag]:
    """Return the late ones of `agencies`, the slowest first."""
    late = [lag for agency in agencies for lag in agency.lags if lag.is_late]
    return sorted(late, key=lambda lag: -lag.days)


def overdue_decisions(user: Any) -> list[EntryLag]:
    """Return the reader's signed decisions that are past their limit and not entered yet."""
    waiting = _signed(user).exclude(state__in=(DecisionState.IN_FORCE, DecisionState.WITHDRAWN))
    lags = _lags(waiting.filter(signed_on__lt=clock.today()))
    return sorted((lag for lag in lags if lag.is_late), key=lambda lag: -lag.days)


def agencies_watched(user: Any) -> QuerySet[Agency]:
    """Return the agencies whose lags `user` sees: the own ones.

    The Government Office watches the entries of all others (D63 art. 26(1)).
    """
    own = agencies_for(user, Permission.SEE_ENTRY_LAGS)
    if own.filter(kind=AgencyKind.GOVERNMENT).exists():
        return Agency.objects.all()
    return own


def _signed(user: Any) -> QuerySet[PublicationDecision]:
    return PublicationDecision.objects.filter(
        agency__in=agencies_watched(user),
        kind=DecisionKind.PUBLICATION,
        signed_on__isnull=False,
    ).select_related("agency")


def _lags(decisions: QuerySet[PublicationDecision]) -> list[EntryLag]:
    found = list(decisions)
    calendars = office_days({decision.agency for decision in found}, clock.today())
    rules = entry_rules()
    return [
        _lag(decision, calendars.get(decision.agency_id), entry_days(rules, decision))
        for decision in found
    ]


def _lag(decision: PublicationDecision, office: OfficeDays | None, limit: int | None) -> EntryLag:
    entered = clock.local(decision.entered_at).date() if decision.entered_at else clock.today()
    signed_on = decision.signed_on or entered
    if office is None:
        days = max((entered - signed_on).days, 0)
    else:
        days = office.working_days_between(signed_on, entered)
    return EntryLag(decision, days, limit, is_working=office is not None)
