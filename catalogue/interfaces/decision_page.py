"""The public page of an entered decision: what it published, and its signed paper."""

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogue.enums import DecisionKind
from catalogue.interfaces.decisions.views import file_response
from catalogue.models import PublicationDecision
from catalogue.permissions import public
from catalogue.selectors.decisions import public_decision, public_items

PER_PAGE = 100


@public
@require_safe
def decision_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an entered decision with its procedures."""
    decision = _decision_or_404(pk)
    items = Paginator(public_items(decision), PER_PAGE)
    context = {
        "decision": decision,
        "is_correction": decision.kind == DecisionKind.CORRECTION,
        "page": items.get_page(request.GET.get("page")),
    }
    return render(request, "catalogue/decision.html", context)


@public
@require_safe
def decision_file(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out the signed paper of an entered decision, as a download."""
    return file_response(_decision_or_404(pk))


def _decision_or_404(pk: int) -> PublicationDecision:
    decision = public_decision(pk)
    if decision is None:
        raise Http404(_("There is no such decision."))
    return decision
