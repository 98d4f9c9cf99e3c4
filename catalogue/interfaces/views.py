"""The public page of a procedure."""

import re
from datetime import date
from typing import NoReturn

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from catalogue import clock
from catalogue.enums import ChannelKind, Level
from catalogue.interfaces.kept_pages import same_for_everyone
from catalogue.permissions import public
from catalogue.selectors.procedures import ProcedureNotFound, resolve_procedure
from catalogue.wording import (
    fee_summary,
    fee_words,
    papers_to_bring,
    place_summary,
    text_beside,
    time_summary,
    time_words,
)

# Notes of a group stand open among its papers up to so many, of so many characters in all.
MOST_NOTES = 3
LONGEST_NOTES = 300
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@public
@same_for_everyone("ngay")
def procedure_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show procedure `code` as it stands today, or on the day `?ngay=YYYY-MM-DD`."""
    day = _day(request)
    try:
        resolved = resolve_procedure(code, on=day)
    except ProcedureNotFound:
        raise Http404(_("There is no procedure with this code.")) from None
    context = {
        "resolved": resolved,
        "version": resolved.version,
        "other_day": day if day and day != clock.today() else None,
        **page_context(resolved.document),
    }
    return render(request, "catalogue/procedure.html", context)


def page_context(document: dict) -> dict:
    """Return what the template shows of a canonical `document`."""
    groups = [_group(group) for group in document["document_groups"]]
    return {
        "document": document,
        "levels": [Level(name).label for name in document["levels"]],
        "times": time_summary(document),
        "fees": fee_summary(document),
        "places": place_summary(document),
        "papers": papers_to_bring(document),
        "channels": [_channel(channel) for channel in document["channels"]],
        "online": any(channel["kind"] == "online" for channel in document["channels"]),
        "case_groups": [group for group in groups if group["kind"] == "alternative"],
        "other_groups": sorted(
            (group for group in groups if group["kind"] != "alternative"), key=_reading_order
        ),
    }


def _group(group: dict) -> dict:
    """Return `group` with its notes apart, to be folded, where they would bury the papers."""
    notes = [paper for paper in group["documents"] if paper["note"] or group["kind"] == "note"]
    length = sum(len(note["name"]) for note in notes)
    if len(notes) <= MOST_NOTES and length <= LONGEST_NOTES:
        return {**group, "folded": []}
    papers = [paper for paper in group["documents"] if paper not in notes]
    return {**group, "documents": papers, "folded": notes}


def _reading_order(group: dict) -> int:
    """Return where a group stands on the page: what everybody brings first, notes last."""
    if group["kind"] == "always" and not group["title"]:
        return 0
    return ("always", "one_of", "proxy", "note").index(group["kind"]) + 1


def _channel(channel: dict) -> dict:
    limits = [
        {
            "time": time_words(limit),
            # As published, where the words above do not say all of it.
            "text": "" if _is_counted(limit) else text_beside(limit, time_words(limit)),
            "fees": [{"words": fee_words(fee), "text": fee["text"]} for fee in limit["fees"]],
        }
        for limit in channel["time_limits"]
    ]
    return {"name": ChannelKind(channel["kind"]).label, "text": channel["text"], "limits": limits}


def _is_counted(limit: dict) -> bool:
    return bool(limit["state"] == "stated" and limit["unit"])


def _day(request: HttpRequest) -> date | None:
    given = request.GET.get("ngay", "")
    if not given:
        return None
    try:
        return date.fromisoformat(given) if _DAY.fullmatch(given) else _no_day()
    except ValueError:
        return _no_day()


def _no_day() -> NoReturn:
    raise Http404(_("A day is written YYYY-MM-DD."))
