"""How time limits, fees and facet values are told to readers."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalogue.enums import Audience, ChannelKind, FeeState, Level, TimeState
from catalogue.text import normalise

_MAX_WORDS = 60

FACET_TITLES = {
    "level": gettext_lazy("Level"),
    "field": gettext_lazy("Field"),
    "agency": gettext_lazy("Publishing agency"),
    "audience": gettext_lazy("Who it is for"),
    "online": gettext_lazy("Online service"),
    "channel": gettext_lazy("How to file"),
}
_LABELS: Mapping[str, Mapping[str, Any]] = {
    "level": dict(Level.choices),
    "audience": dict(Audience.choices),
    "channel": dict(ChannelKind.choices),
}


def facet_label(facet: str, value: str) -> str:
    """Return a value of a facet in the reader's language."""
    if facet == "online":
        return _("Online level %(level)s") % {"level": value}
    return str(_LABELS.get(facet, {}).get(value, value))


def time_in_words(limit: Mapping[str, Any] | None) -> str:
    """Return a time limit of a canonical document in a few words, "" when there is none."""
    if limit is None:
        return ""
    if limit["state"] == TimeState.SAME_DAY:
        return str(TimeState.SAME_DAY.label)
    if limit["value"] is None or limit["unit"] is None:
        return _shortened(limit["text"]) or str(TimeState.UNKNOWN.label)
    return _amount_of_time(limit["value"], limit["unit"])


def _amount_of_time(value: float, unit: str) -> str:
    count, number = round(value) or 1, number_format(value)
    words = {
        "working_day": ngettext("%(number)s working day", "%(number)s working days", count),
        "calendar_day": ngettext("%(number)s day", "%(number)s days", count),
        "hour": ngettext("%(number)s hour", "%(number)s hours", count),
        "month": ngettext("%(number)s month", "%(number)s months", count),
    }
    return words[unit] % {"number": number}


def fee_in_words(fee: Mapping[str, Any] | None) -> str:
    """Return a fee of a canonical document in a few words, "" when there is none."""
    if fee is None:
        return ""
    if fee["state"] != FeeState.STATED:
        return str(FeeState(fee["state"]).label)
    if fee["value"] is None:
        return _shortened(fee["text"]) or str(FeeState.UNKNOWN.label)
    return f"{number_format(fee['value'], use_l10n=True, force_grouping=True)} ₫"


def _shortened(text: str) -> str:
    text = normalise(text)
    return text if len(text) <= _MAX_WORDS else f"{text[: _MAX_WORDS - 1].rstrip()}…"
