"""The public page of a procedure."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from catalogue.enums import ChannelKind, Level
from catalogue.permissions import public
from catalogue.selectors.procedures import ProcedureNotFound, resolve_procedure
from catalogue.wording import (
    fee_summary,
    fee_words,
    papers_to_bring,
    place_summary,
    time_summary,
    time_words,
)


@public
def procedure_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show procedure `code` as it stands today, or on the day `?ngay=YYYY-MM-DD`."""
    try:
        resolved = resolve_procedure(code, on=_day(request))
    except ProcedureNotFound:
        raise Http404(_("There is no procedure with this code.")) from None
    return render(
        request,
        "catalogue/procedure.html",
        {"resolved": resolved, "version": resolved.version, **page_context(resolved.document)},
    )


def page_context(document: dict) -> dict:
    """Return what the template shows of a canonical `document`."""
    return {
        "document": document,
        "levels": [Level(name).label for name in document["levels"]],
        "times": time_summary(document),
        "fees": fee_summary(document),
        "places": place_summary(document),
        "papers": papers_to_bring(document),
        "channels": [_channel(channel) for channel in document["channels"]],
        "online": any(channel["kind"] == "online" for channel in document["channels"]),
        "case_groups": [g for g in document["document_groups"] if g["kind"] == "alternative"],
        "other_groups": [g for g in document["document_groups"] if g["kind"] != "alternative"],
    }


def _channel(channel: dict) -> dict:
    limits = [
        {
            "time": time_words(limit),
            "text": limit["text"],
            "fees": [{"words": fee_words(fee), "text": fee["text"]} for fee in limit["fees"]],
        }
        for limit in channel["time_limits"]
    ]
    return {"name": ChannelKind(channel["kind"]).label, "text": channel["text"], "limits": limits}


def _day(request: HttpRequest) -> date | None:
    given = request.GET.get("ngay", "")
    if not given:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise Http404(_("A day is written YYYY-MM-DD.")) from None
