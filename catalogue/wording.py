"""Times and fees of a document in plain words; pages, search results and forms say the same."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from catalogue.enums import Level
from catalogue.text import fold

Document = Mapping[str, Any]
# Characters of a published text that may stand where an amount or a time would.
SHORT = 60


def time_words(limit: Mapping[str, Any]) -> str:
    """Return a time limit as people say it: “3 working days”, “Same day”, “Not published”."""
    if limit["state"] == "same_day":
        return _("Same day")
    value = limit["value"]
    if limit["state"] == "unknown" or value is None:
        return limit["text"] if 0 < len(limit["text"]) <= SHORT else _("Not published")
    shown = {"n": number_format(value, use_l10n=True)}
    count = int(value) if float(value).is_integer() else 2
    match limit["unit"]:
        case "working_day":
            return ngettext("%(n)s working day", "%(n)s working days", count) % shown
        case "calendar_day":
            return ngettext("%(n)s day", "%(n)s days", count) % shown
        case "hour":
            return ngettext("%(n)s hour", "%(n)s hours", count) % shown
        case "month":
            return ngettext("%(n)s month", "%(n)s months", count) % shown
    return _without_unit(limit["text"], shown["n"])


def _without_unit(text: str, number: str) -> str:
    """Return the published text where it is short and says more than the number."""
    if not text or len(text) > SHORT or re.fullmatch(r"[\d.,\s]+", text):
        return _("%(n)s (unit not published)") % {"n": number}
    if any(letter.isalpha() for letter in text):
        return text
    return _("%(n)s (unit not published)") % {"n": text}


def text_beside(limit: Mapping[str, Any], words: str) -> str:
    """Return the published text of a time limit, "" where `words` say all of it already."""
    with override("vi"):
        told = [_bare(words), _bare(time_words(limit))]
    text = _bare(limit["text"])
    return "" if text in told or re.sub(r"\.0+$", "", text) in words else limit["text"]


def _bare(text: str) -> str:
    """Return `text` as it is compared: without marks, case, leading zeros and a full stop."""
    return re.sub(r"^0+(?=\d)", "", fold(text).replace(",", ".").strip(" ."))


def fee_words(fee: Mapping[str, Any]) -> str:
    """Return a fee as people say it; what is not published is never called free."""
    match fee["state"]:
        case "stated" if fee["value"] is not None:
            return money(fee["value"], fee["unit"] or "VND")
        # Stated, but as a tariff: no amount per dossier follows from it.
        case "stated" if fee["text"]:
            return fee["text"] if len(fee["text"]) <= SHORT else _("As published")
        case "free":
            return _("Free of charge")
        case "delegated":
            return _("Set by the provincial council")
    return _("Not published")


def money(amount: int, unit: str) -> str:
    """Return a whole amount with its currency: 20.000 ₫ in Vietnamese."""
    shown = number_format(amount, use_l10n=True, force_grouping=True)
    return f"{shown} ₫" if unit == "VND" else f"{shown} {unit}"


def time_summary(document: Document) -> list[str]:
    """Return the distinct time limits of all channels, in order; what is not known comes last."""
    return _distinct(map(time_words, _known_first(_limits(document)))) or [_("Not published")]


def fee_summary(document: Document) -> list[str]:
    """Return the distinct fees of all channels, in order; what is not known comes last."""
    fees = (fee for limit in _limits(document) for fee in limit["fees"])
    return _distinct(map(fee_words, _known_first(fees))) or [_("Not published")]


def place_summary(document: Document) -> list[str]:
    """Return where the dossier is handled: the implementing agencies, else the levels."""
    return document["agencies"]["implementing"] or [
        str(Level(name).label) for name in document["levels"]
    ]


def papers_to_bring(document: Document) -> int:
    """Return how many papers the groups that are always required hold."""
    return sum(
        1
        for group in document["document_groups"]
        if group["kind"] == "always"
        for paper in group["documents"]
        if not paper["note"]
    )


def _limits(document: Document) -> Iterable[Mapping[str, Any]]:
    return (limit for channel in document["channels"] for limit in channel["time_limits"])


def _known_first(rows: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return sorted(rows, key=lambda row: bool(row["state"] == "unknown"))


def _distinct(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))
