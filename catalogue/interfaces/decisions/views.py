"""Screens on which decisions are prepared, approved and entered."""

from http import HTTPStatus
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from catalogue.enums import DecisionState, DecisionStepKind
from catalogue.interfaces.decisions.forms import (
    ChangeForm,
    CorrectionForm,
    DecisionForm,
    ItemForm,
)
from catalogue.interfaces.decisions.long_steps import ItemProblems, step_context
from catalogue.interfaces.decisions.progress import (
    is_correction,
    next_step,
    rights,
    steps,
    told,
)
from catalogue.interfaces.decisions.screen import (
    attempt,
    decision_crumbs,
    decision_or_404,
    decision_title,
    furniture,
    list_crumb,
    to_detail,
)
from catalogue.models import PublicationDecision
from catalogue.permissions import Permission, has_permission, requires
from catalogue.selectors.decisions import (
    deciding_agencies,
    decisions_for,
    items_of,
    procedures_that_fit,
    step_to_tell,
    trail_of,
)
from catalogue.selectors.publication_days import day_warnings, days_of, entry_limit
from catalogue.services.decisions import (
    DecisionRefused,
    change_decision,
    enter_decision,
    keep_signed_file,
    prepare_correction,
    prepare_decision,
    return_decision,
    stop_step,
    take_step,
    withdraw_decision,
)

PER_PAGE = 30
ITEMS_PER_PAGE = 100
TRAIL = 30


@requires(Permission.SEE_DECISIONS)
def decision_list(request: HttpRequest) -> HttpResponse:
    """List the decisions of the reader's agencies, of one state and agency where asked."""
    state, agency = request.GET.get("trang-thai", ""), request.GET.get("co-quan", "")
    found = decisions_for(request.user, state=state, agency=agency)
    context = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("p")),
        "may_prepare": has_permission(request.user, Permission.PREPARE_DECISIONS),
        "states": DecisionState.choices,
        "agencies": deciding_agencies(request.user),
        "state": state,
        "agency": agency,
        **furniture(_("Publication decisions")),
    }
    return render(request, "catalogue/admin/decision_list.html", context)


@requires(Permission.PREPARE_DECISIONS)
def decision_new(request: HttpRequest) -> HttpResponse:
    """Start a decision."""
    form = DecisionForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            return to_detail(prepare_decision(**form.cleaned_data, by=request.user))
        except DecisionRefused as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, **furniture(_("New decision"), list_crumb())}
    return render(request, "catalogue/admin/decision_new.html", context)


@requires(Permission.PREPARE_DECISIONS)
def correction_new(request: HttpRequest) -> HttpResponse:
    """Start a correction of form."""
    form = CorrectionForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            return to_detail(prepare_correction(**form.cleaned_data, by=request.user))
        except DecisionRefused as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, **furniture(_("New correction"), list_crumb())}
    return render(request, "catalogue/admin/decision_correction.html", context)


@requires(Permission.PREPARE_DECISIONS)
def decision_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a draft says of itself."""
    decision = decision_or_404(request, pk)
    values = {name: getattr(decision, name) for name in ("number", "signed_on", "fast_track")}
    form = ChangeForm(request.POST or None, initial=values)
    if request.method == "POST" and form.is_valid():
        try:
            return to_detail(
                change_decision(decision=decision, **form.cleaned_data, by=request.user)
            )
        except DecisionRefused as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, **furniture(_("Change"), *decision_crumbs(decision))}
    return render(request, "catalogue/admin/decision_form.html", context)


@requires(Permission.SEE_DECISIONS)
def decision_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a decision with its items and the steps open to the reader."""
    return render_detail(request, decision_or_404(request, pk))


@requires(Permission.SEE_DECISIONS)
@never_cache
def signed_file(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out the signed paper to those who see the decision, as a download."""
    return file_response(decision_or_404(request, pk))


@require_POST
@requires(Permission.PREPARE_DECISIONS)
def signed_file_keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the signed paper of the decision."""
    decision = decision_or_404(request, pk)
    upload = request.FILES.get("signed_file")

    def keep() -> None:
        if upload is None:
            raise DecisionRefused(_("Choose the file first."))
        keep_signed_file(decision=decision, upload=upload, by=request.user)

    return attempt(request, decision, keep)


@require_POST
@requires(Permission.PREPARE_DECISIONS)
def decision_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the decision to its approver."""
    decision = decision_or_404(request, pk)
    return _take(request, decision, DecisionStepKind.SUBMIT)


@require_POST
@requires(Permission.SEE_DECISIONS)
def decision_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the decision back to its editors."""
    decision, reason = decision_or_404(request, pk), request.POST.get("reason", "")
    return attempt(
        request,
        decision,
        lambda: return_decision(decision=decision, reason=reason, by=request.user),
    )


@require_POST
@requires(Permission.APPROVE_DECISIONS)
def decision_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve the decision; it is not public yet."""
    decision = decision_or_404(request, pk)
    return _take(request, decision, DecisionStepKind.APPROVE)


@requires(Permission.SEE_DECISIONS)
@never_cache
def decision_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell how far the worker is with the decision; no content once it has ended."""
    step = step_to_tell(decision_or_404(request, pk))
    if step is None or not step.is_going_on:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return render(request, "catalogue/admin/decision_step.html", step_context(step))


@require_POST
@requires(Permission.SEE_DECISIONS)
def decision_stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop what the worker does with the decision."""
    decision = decision_or_404(request, pk)
    stop_step(decision=decision, by=request.user)
    return to_detail(decision)


@require_POST
@requires(Permission.APPROVE_DECISIONS)
def decision_enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the approved decision in the catalogue: its procedures are public at once."""
    decision = decision_or_404(request, pk)
    return attempt(request, decision, lambda: enter_decision(decision=decision, by=request.user))


@require_POST
@requires(Permission.PREPARE_DECISIONS)
def decision_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the decision back."""
    decision = decision_or_404(request, pk)
    return attempt(request, decision, lambda: withdraw_decision(decision=decision, by=request.user))


def _take(
    request: HttpRequest, decision: PublicationDecision, kind: DecisionStepKind
) -> HttpResponse:
    return attempt(
        request, decision, lambda: take_step(decision=decision, kind=kind, by=request.user)
    )


def render_detail(
    request: HttpRequest, decision: PublicationDecision, form: ItemForm | None = None
) -> HttpResponse:
    """Show the screen of a decision, with the form of a refused item where there is one."""
    query = request.GET.get("q", "").strip()
    step = step_to_tell(decision)
    problems = ItemProblems(step)
    to_mend = bool(problems and request.GET.get("can-sua"))
    open_to = rights(decision, request.user)
    found = items_of(decision, query=query, codes=problems.codes if to_mend else None)
    items = Paginator(found, ITEMS_PER_PAGE)
    total = decision.items.count()
    context: dict[str, Any] = {
        "decision": decision,
        "is_correction": is_correction(decision),
        "steps": steps(decision),
        "next_step": next_step(decision, open_to, total),
        "total": total,
        "rights": open_to,
        "page": problems.beside(items.get_page(request.GET.get("p"))),
        "query": query,
        "problems": problems,
        "to_mend": to_mend,
        **(step_context(step) if step else {}),
        "warnings": day_warnings(decision),
        "limit": entry_limit(decision, days_of(decision.agency)),
        "trail": [(entry, told(entry)) for entry in trail_of(decision, TRAIL)],
        **furniture(decision_title(decision), list_crumb()),
    }
    if open_to.may_edit:
        context["form"] = form or ItemForm(decision=decision)
        context["changed"] = procedures_that_fit(decision).count()
    return render(request, "catalogue/admin/decision_detail.html", context)


def file_response(decision: PublicationDecision) -> FileResponse:
    """Return the signed paper of a decision as a download, never as a page of this site.

    Raises `Http404` without one, also when it is gone from where it was kept.
    """
    if not decision.signed_file:
        raise Http404
    try:
        paper = decision.signed_file.open("rb")
    except FileNotFoundError as missing:
        raise Http404 from missing
    response = FileResponse(
        paper,
        as_attachment=True,
        filename=f"quyet-dinh-{decision.pk}.pdf",
        content_type="application/pdf",
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
