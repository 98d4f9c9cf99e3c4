"""The public page of a procedure and its QR code."""

import re
from datetime import date, datetime
from typing import NoReturn

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogue import clock
from catalogue.interfaces.kept_pages import same_for_everyone
from catalogue.interfaces.page_context import page_context
from catalogue.permissions import public
from catalogue.printing import qr_svg
from catalogue.selectors.former_addresses import successor_of
from catalogue.selectors.procedures import (
    ProcedureNotFound,
    ResolvedProcedure,
    Standing,
    resolve_procedure,
)

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# As people write it, where the browser offers no calendar.
_WRITTEN_DAY = re.compile(r"\d{1,2}/\d{1,2}/\d{4}", re.ASCII)


@public
@same_for_everyone("ngay")
def procedure_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show procedure `code` as it stands today, or on the day `?ngay=YYYY-MM-DD`."""
    day, today = _day(request), clock.today()
    resolved = resolved_or_404(code, day)
    other_day = day if day != today else None
    ended = resolved.standing == Standing.ENDED
    context = {
        **page_context(lambda: resolved.document),
        # Of the version, so that the document is read only for a part that is not kept.
        "code": resolved.version.code,
        "name": resolved.version.name,
        "resolved": resolved,
        "version": resolved.version,
        "today": today,
        "other_day": other_day,
        "may_be_filed": resolved.standing == Standing.IN_FORCE and not other_day,
        "successor": successor_of(code) if ended else None,
        "address": public_address(code),
    }
    return render(request, "catalogue/procedure.html", context)


@public
@require_safe
@same_for_everyone()
def procedure_qr(request: HttpRequest, code: str) -> HttpResponse:
    """Draw the address of procedure `code`, for posters and printed pages."""
    resolved_or_404(code)
    return HttpResponse(qr_svg(public_address(code), alone=True), content_type="image/svg+xml")


def resolved_or_404(code: str, day: date | None = None) -> ResolvedProcedure:
    """Return procedure `code` as it stands on a day (today without one), or answer 404."""
    try:
        return resolve_procedure(code, on=day)
    except ProcedureNotFound:
        raise Http404(_("There is no procedure with this code.")) from None


def public_address(code: str) -> str:
    """Return the whole address of a procedure's page in Vietnamese, as it is printed."""
    return f"{settings.PUBLIC_URL}/thu-tuc/{code}"


def _day(request: HttpRequest) -> date | None:
    given = request.GET.get("ngay", "").strip()
    if not given:
        return None
    try:
        if _WRITTEN_DAY.fullmatch(given):
            return datetime.strptime(given, "%d/%m/%Y").date()  # noqa: DTZ007
        return date.fromisoformat(given) if _DAY.fullmatch(given) else _no_day()
    except ValueError:
        return _no_day()


def _no_day() -> NoReturn:
    raise Http404(_("A day is written YYYY-MM-DD."))
