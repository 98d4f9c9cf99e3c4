"""The rules of days of a decision, as warnings that name the article and the mend.

They are limits of the agency's duty: who misses one must still publish (D63 art. 14(1)), so a
missed limit is told to editor and approver and counted in the agency's lag, and refuses nothing.
What is impossible is refused where it is tried: a decision is not entered before it is signed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue import clock
from catalogue.enums import DecisionKind, DecisionState, Level
from catalogue.models import Agency, PublicationDecision, Rule
from catalogue.ports import OfficeDays, office_days
from catalogue.selectors.rules import RuleNotFound, rule

ART_15 = "D63 art. 15"
ART_24 = "D63 art. 24(2)"
SOURCES = {
    ART_15: gettext_lazy("Decree 63/2010, article 15"),
    ART_24: gettext_lazy("Decree 63/2010, article 24(2)"),
}
ENTRY_RULES = "entry."
CODES_TOLD = 5


@dataclass(frozen=True)
class DayWarning:
    """A limit that is missed or near: what is so, the article, and what to do."""

    text: str
    article: str
    mend: str

    @property
    def source(self) -> str:
        """The article in the words of the reader's language."""
        return str(SOURCES[self.article])


@dataclass(frozen=True)
class EntryLimit:
    """By when a decision must be entered; `is_working` is false where no calendar is known."""

    days: int
    last_day: date
    is_working: bool


def day_warnings(decision: PublicationDecision) -> list[DayWarning]:
    """Return which limits of D63 arts 15 and 24 the decision misses.

    A correction has none, and nothing is late about what was withdrawn.
    """
    signed_on = decision.signed_on
    if signed_on is None or decision.kind != DecisionKind.PUBLICATION:
        return []
    if decision.state == DecisionState.WITHDRAWN:
        return []
    checks = (_unsigned(decision, signed_on), _effect(decision, signed_on), _entry(decision))
    return [warning for warning in checks if warning]


def entry_limit(decision: PublicationDecision, days: OfficeDays | None) -> EntryLimit | None:
    """Return by when a signed decision must be entered (D63 art. 24(2)), None where no rule says.

    Without the office's working `days` the limit is counted in calendar days and says so.
    """
    signed_on = decision.signed_on
    limit = entry_days(entry_rules(), decision)
    if signed_on is None or limit is None:
        return None
    if days is None:
        return EntryLimit(limit, signed_on + timedelta(days=limit), is_working=False)
    return EntryLimit(limit, days.working_days_after(signed_on, limit), is_working=True)


def entry_rules() -> list[Rule]:
    """Return every row of the limits of D63 art. 24(2), to be asked for many decisions."""
    return list(Rule.objects.filter(key__startswith=ENTRY_RULES).order_by("-valid_from"))


def entry_days(rules: Sequence[Rule], decision: PublicationDecision) -> int | None:
    """Return within how many working days of the signing a decision is entered (D63 art. 24(2)).

    Ten for a ministry, five for a province, two for an act by the shortened procedure; None for
    other bodies, of which the article says nothing.
    """
    level, on = decision.agency.level, decision.signed_on
    if on is None or level not in (Level.MINISTRY, Level.PROVINCE):
        return None
    key = f"{ENTRY_RULES}{'fast_track' if decision.fast_track else level}_working_days"
    held = (
        row
        for row in rules
        if row.key == key and row.valid_from <= on and (row.valid_to is None or row.valid_to > on)
    )
    return next((int(row.value) for row in held), None)


def entry_days_of_today() -> dict[str, int]:
    """Return the limits of D63 art. 24(2) that hold today: by level, and `fast_track`."""
    today = clock.today()
    ending = "_working_days"
    return {
        row.key.removeprefix(ENTRY_RULES).removesuffix(ending): int(row.value)
        for row in entry_rules()
        if row.valid_from <= today and (row.valid_to is None or row.valid_to > today)
    }


def days_of(agency: Agency) -> OfficeDays | None:
    """Return the working days of one agency as they are known today."""
    return office_days([agency], clock.today()).get(agency.pk)


def _unsigned(decision: PublicationDecision, signed_on: date) -> DayWarning | None:
    if signed_on <= clock.today() or decision.state == DecisionState.IN_FORCE:
        return None
    return DayWarning(
        _("The decision is dated %s, which has not come yet.") % _day(signed_on),
        ART_24,
        _("It can be entered from that day. Correct the day if it is signed already."),
    )


def _effect(decision: PublicationDecision, signed_on: date) -> DayWarning | None:
    """Return what D63 art. 15 says of the days between signing and effect."""
    if decision.fast_track:
        return _late_after_fast_act(decision, signed_on)
    # Provinces and bodies charged by a higher agency share one limit (art. 13(2) and (3)).
    level = Level.MINISTRY if decision.agency.level == Level.MINISTRY else Level.PROVINCE
    days = _rule(f"publication.{level}_days_before_effect", signed_on)
    if days is None:
        return None
    items = decision.items.filter(effective_from__lt=signed_on + timedelta(days=days))
    told = _told(items)
    if not told:
        return None
    return DayWarning(
        _("Takes effect less than %(days)d days after the signing: %(codes)s.")
        % {"days": days, "codes": told},
        ART_15,
        _nothing_to_do()
        if decision.state == DecisionState.IN_FORCE
        else _(
            "Move the day of effect, or tick “act by the shortened procedure” if it was one;"
            " else publish all the same: the delay is counted."
        ),
    )


def _late_after_fast_act(decision: PublicationDecision, signed_on: date) -> DayWarning | None:
    """Return which acts were signed too long ago; such an act takes effect when it is signed."""
    days = _rule("publication.fast_track_days_after_signing", signed_on)
    if days is None:
        return None
    told = _told(decision.items.filter(effective_from__lt=signed_on - timedelta(days=days)))
    if not told:
        return None
    return DayWarning(
        _("Signed more than %(days)d days after the act by the shortened procedure: %(codes)s.")
        % {"days": days, "codes": told},
        ART_15,
        _nothing_to_do()
        if decision.state == DecisionState.IN_FORCE
        else _(
            "Check the day of effect; if it is right, publish all the same: the delay is counted."
        ),
    )


def _entry(decision: PublicationDecision) -> DayWarning | None:
    """Return whether the catalogue is later than D63 art. 24(2) allows."""
    limit = entry_limit(decision, days_of(decision.agency))
    if limit is None:
        return None
    entered = clock.local(decision.entered_at).date() if decision.entered_at else None
    if (entered or clock.today()) <= limit.last_day:
        return None
    facts = {"days": limit.days, "day": _day(limit.last_day)}
    if entered:
        text = _("Entered after the last day allowed, %(day)s (%(days)d working days).") % facts
        mend = _nothing_to_do()
    else:
        text = _("It had to be entered by %(day)s (%(days)d working days of the signing).") % facts
        mend = _("Send, approve and enter it today.")
    if not limit.is_working:
        text += " " + _("Not checked: no working calendar is known, so calendar days were counted.")
    return DayWarning(text, ART_24, mend)


def _nothing_to_do() -> str:
    return _("Nothing is left to do: the delay is counted.")


def _told(items: Any) -> str:
    """Return the codes of the first `items` and how many more there are."""
    codes: Sequence[str] = list(
        items.order_by("procedure__code").values_list("procedure__code", flat=True)
    )
    told = ", ".join(codes[:CODES_TOLD])
    more = len(codes) - CODES_TOLD
    return _("%(codes)s and %(n)d more") % {"codes": told, "n": more} if more > 0 else told


def _rule(key: str, on: date) -> int | None:
    try:
        return int(rule(key, on=on))
    except RuleNotFound:
        return None


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
