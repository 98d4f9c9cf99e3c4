"""The officer's desk: what waits, one dossier, its reception, its paper."""

from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from catalogue import clock
from catalogue.permissions import Permission, has_permission, requires
from formbuilder.enums import ScanState
from formbuilder.selectors.submissions import answers_with_files, attachments_of
from onestop.codes import SerialsExhausted
from onestop.models import Dossier
from onestop.process import STATES, NotPossible
from onestop.selectors.appointments import (
    AppointmentChoice,
    DueDateNeeded,
    DueDateRefused,
    LimitNeeded,
    appointment_choices,
)
from onestop.selectors.desk import counted_lanes, desk_dossier, history, lane_dossiers
from onestop.selectors.papers import NoReceipt, receipt_pdf
from onestop.services.access import record_refused_access
from onestop.services.receive_dossier import receive_dossier
from onestop.urgency import urgency

PAGE_SIZE = 20


class ReceptionForm(forms.Form):
    """What the officer decides at reception: which time limit applies, or the day itself."""

    limit = forms.ChoiceField(
        label=gettext_lazy("Which time limit applies?"), widget=forms.RadioSelect, required=False
    )
    due = forms.DateField(
        label=gettext_lazy("Day of the result"),
        help_text=gettext_lazy(
            "Only where the published time limit gives no day. It is marked as stated by you."
        ),
        widget=forms.DateInput(attrs={"type": "date", "class": "input--short"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        required=False,
        error_messages={
            "required": gettext_lazy("State the day on which the result will be ready.")
        },
    )

    def __init__(self, *args: Any, choices: list[AppointmentChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit = cast("forms.ChoiceField", self.fields["limit"])
        limit.choices = [(c.offered.key, c.offered.words) for c in choices]
        if len(choices) <= 1:
            del self.fields["limit"]
        if choices and all(choice.deadline for choice in choices):
            del self.fields["due"]
        elif not any(choice.deadline for choice in choices):
            self.fields["due"].required = True


@never_cache
@require_GET
@requires(Permission.VIEW_DOSSIERS)
def inbox(request: HttpRequest) -> HttpResponse:
    """List the dossiers of one pile of the officer's agencies, oldest first."""
    now = clock.now()
    lanes = counted_lanes(request.user, now)
    lane = next((lane for lane in lanes if lane.key == request.GET.get("muc")), lanes[0])
    search = request.GET.get("q", "")
    page = Paginator(lane_dossiers(request.user, lane, search), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    rows = [(dossier, urgency(dossier, now)) for dossier in page]
    context = {"lanes": lanes, "lane": lane, "search": search, "page": page, "rows": rows}
    return render(request, "onestop/inbox.html", context)


@never_cache
@require_GET
@requires(Permission.VIEW_DOSSIERS)
def dossier_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one dossier: answers under their version, files, history, reception."""
    return _dossier_response(request, _open(request, pk))


@never_cache
@require_POST
@requires(Permission.RECEIVE_DOSSIERS)
def receive(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept a dossier and show it again with its code, or with what is missing."""
    dossier = _open(request, pk)
    form = ReceptionForm(request.POST, choices=appointment_choices(dossier, clock.now()))
    if not form.is_valid():
        return _dossier_response(request, dossier, form)
    try:
        received = receive_dossier(
            dossier=dossier,
            by=request.user,
            limit_key=form.cleaned_data.get("limit", ""),
            stated_due=form.cleaned_data.get("due"),
        )
    except (LimitNeeded, DueDateNeeded, DueDateRefused) as error:
        form.add_error(*_REFUSALS[type(error)])
        return _dossier_response(request, dossier, form)
    except NotPossible:
        messages.warning(request, _("This dossier was received already."))
    except SerialsExhausted:
        messages.error(
            request,
            _("Your agency has used all dossier codes of today. Receive this dossier tomorrow."),
        )
    else:
        text = _("Received. The dossier code is %(code)s.") % {"code": received.code}
        messages.success(request, text)
    return redirect("onestop:dossier", pk=pk)


@never_cache
@require_GET
@requires(Permission.VIEW_DOSSIERS)
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the officer form 01 to print or to hand over."""
    dossier = _open(request, pk)
    try:
        pdf = receipt_pdf(dossier)
    except NoReceipt:
        raise Http404 from None
    # The name of a file travels; it holds no code and no name of a person.
    headers = {"Content-Disposition": 'inline; filename="mau-01.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@never_cache
@require_GET
@requires(Permission.VIEW_DOSSIERS)
def attachment(request: HttpRequest, pk: int, attachment_id: UUID) -> FileResponse:
    """Hand out one file of the dossier, as a download and never as a page of this site."""
    dossier = _open(request, pk)
    for file in attachments_of(dossier.submission):
        if file.pk == attachment_id and file.scan_state != ScanState.REFUSED:
            return FileResponse(file.file.open("rb"), as_attachment=True, filename=file.name)
    raise Http404


_REFUSALS: dict[type[Exception], tuple[str, Any]] = {
    LimitNeeded: ("limit", gettext_lazy("Choose the time limit that applies to this dossier.")),
    DueDateNeeded: ("due", gettext_lazy("State the day on which the result will be ready.")),
    DueDateRefused: (
        "due",
        gettext_lazy("Choose a working day from today on, and only where no time limit gives one."),
    ),
}


def _open(request: HttpRequest, pk: int) -> Dossier:
    try:
        return desk_dossier(request.user, pk)
    except Dossier.DoesNotExist:
        view = request.resolver_match.view_name if request.resolver_match else ""
        record_refused_access(dossier_pk=pk, by=request.user, what=view)
        raise Http404 from None


def _dossier_response(
    request: HttpRequest, dossier: Dossier, form: ReceptionForm | None = None
) -> HttpResponse:
    now = clock.now()
    waiting = dossier.code is None
    may_receive = waiting and has_permission(
        request.user, Permission.RECEIVE_DOSSIERS, dossier.agency
    )
    choices = appointment_choices(dossier, now) if may_receive else []
    context = {
        "dossier": dossier,
        "state": STATES[dossier.state],
        "urgency": urgency(dossier, now),
        "sections": answers_with_files(dossier.submission, language=get_language() or "vi"),
        "history": history(request.user, dossier),
        "may_receive": may_receive,
        "choices": choices,
        "form": (form or ReceptionForm(choices=choices)) if may_receive else None,
    }
    return render(request, "onestop/dossier.html", context)
