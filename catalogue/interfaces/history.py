"""The public history of a procedure, and what changed between two of its versions."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogue.comparison import by_section, compare
from catalogue.documents import lift
from catalogue.interfaces.kept_pages import same_for_everyone
from catalogue.models import ProcedureVersion
from catalogue.permissions import public
from catalogue.selectors.history import Entry, entered_version, history_of

_NUMBER = re.compile(r"[1-9]\d{0,8}", re.ASCII)


@public
@require_safe
@same_for_everyone()
def history(request: HttpRequest, code: str) -> HttpResponse:
    """Show what decisions did to procedure `code`, the newest first."""
    entries = _history_or_404(code)
    newest = entered_version(code, _versions(entries)[-1].number)
    context = {"code": code, "version": newest, "entries": entries[::-1]}
    return render(request, "catalogue/history.html", context)


@public
@require_safe
@same_for_everyone("tu", "den")
def comparison(request: HttpRequest, code: str) -> HttpResponse:
    """Show what changed from version `?tu=` to version `&den=`; without them, what changed last."""
    versions = _versions(_history_or_404(code))
    last, before = versions[-1], versions[-2:][0]
    after = _version_or_404(code, request.GET.get("den", ""), last)
    earlier = _version_or_404(code, request.GET.get("tu", ""), before)
    changes = compare(lift(earlier.document), lift(after.document))
    context = {
        "code": code,
        "versions": versions,
        "earlier": earlier,
        "version": after,
        "sections": by_section(changes),
    }
    return render(request, "catalogue/comparison.html", context)


def _history_or_404(code: str) -> list[Entry]:
    entries = history_of(code)
    if not any(entry.version for entry in entries):
        raise Http404(_("There is no procedure with this code."))
    return entries


def _versions(entries: list[Entry]) -> list[ProcedureVersion]:
    return [entry.version for entry in entries if entry.version]


def _version_or_404(code: str, number: str, otherwise: ProcedureVersion) -> ProcedureVersion:
    """Return the version with a typed `number`, or the `otherwise` one for none."""
    given = number.strip() or str(otherwise.number)
    version = entered_version(code, int(given)) if _NUMBER.fullmatch(given) else None
    if version is None:
        raise Http404(_("There is no such version."))
    return version
