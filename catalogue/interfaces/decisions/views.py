"""Screens on which decisions are prepared, approved and entered."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from catalogue.documents import DocumentInvalid
from catalogue.enums import DecisionAction, DecisionState
from catalogue.interfaces.decisions.forms import DecisionForm, ItemForm
from catalogue.models import PublicationDecision
from catalogue.permissions import Permission, has_permission, requires
from catalogue.selectors.decisions import day_warnings, decisions_for
from catalogue.services.decisions import (
    DecisionRefused,
    add_item,
    approve_decision,
    enter_decision,
    prepare_decision,
    submit_decision,
    withdraw_decision,
)

PER_PAGE = 30


@requires(Permission.SEE_DECISIONS)
def decision_list(request: HttpRequest) -> HttpResponse:
    """List the decisions of the reader's agencies."""
    page = Paginator(decisions_for(request.user), PER_PAGE).get_page(request.GET.get("p"))
    may_prepare = has_permission(request.user, Permission.PREPARE_DECISIONS)
    context = {"page": page, "may_prepare": may_prepare, **_furniture(_("Publication decisions"))}
    return render(request, "catalogue/admin/decision_list.html", context)


@requires(Permission.PREPARE_DECISIONS)
def decision_new(request: HttpRequest) -> HttpResponse:
    """Start a decision."""
    form = DecisionForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        decision = prepare_decision(**form.cleaned_data, by=request.user)
        return redirect("catalogue_decisions:detail", pk=decision.pk)
    context = {"form": form, **_furniture(_("New decision"), _list_crumb())}
    return render(request, "catalogue/admin/decision_new.html", context)


@requires(Permission.SEE_DECISIONS)
def decision_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a decision with its items and the steps open to the reader."""
    decision = get_object_or_404(decisions_for(request.user), pk=pk)
    return _detail(request, decision, ItemForm(decision=decision))


@require_POST
@requires(Permission.PREPARE_DECISIONS)
def item_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a procedure on the decision."""
    decision = get_object_or_404(decisions_for(request.user), pk=pk)
    form = ItemForm(request.POST, decision=decision)
    if not form.is_valid():
        return _detail(request, decision, form)
    data = {**form.cleaned_data, "action": DecisionAction(form.cleaned_data["action"])}
    return _attempt(request, decision, lambda: add_item(decision=decision, by=request.user, **data))


@require_POST
@requires(Permission.PREPARE_DECISIONS)
def decision_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the decision to its approver."""
    decision = get_object_or_404(decisions_for(request.user), pk=pk)
    return _attempt(request, decision, lambda: submit_decision(decision=decision, by=request.user))


@require_POST
@requires(Permission.APPROVE_DECISIONS)
def decision_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve the decision; it is not public yet."""
    decision = get_object_or_404(decisions_for(request.user), pk=pk)
    return _attempt(request, decision, lambda: approve_decision(decision=decision, by=request.user))


@require_POST
@requires(Permission.APPROVE_DECISIONS)
def decision_enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the approved decision in the catalogue: its procedures are public at once."""
    decision = get_object_or_404(decisions_for(request.user), pk=pk)
    return _attempt(request, decision, lambda: enter_decision(decision=decision, by=request.user))


@require_POST
@requires(Permission.PREPARE_DECISIONS)
def decision_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the decision back."""
    decision = get_object_or_404(decisions_for(request.user), pk=pk)
    return _attempt(
        request, decision, lambda: withdraw_decision(decision=decision, by=request.user)
    )


def _attempt(
    request: HttpRequest, decision: PublicationDecision, step: Callable[[], Any]
) -> HttpResponse:
    try:
        step()
    except (DecisionRefused, DocumentInvalid) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Done."))
    return redirect("catalogue_decisions:detail", pk=decision.pk)


def _detail(request: HttpRequest, decision: PublicationDecision, form: ItemForm) -> HttpResponse:
    agency, user = decision.agency, request.user
    prepares = has_permission(user, Permission.PREPARE_DECISIONS, agency)
    approves = has_permission(user, Permission.APPROVE_DECISIONS, agency)
    submitted = decision.state == DecisionState.SUBMITTED
    approved = decision.state == DecisionState.APPROVED
    draft = decision.state == DecisionState.DRAFT
    context = {
        "decision": decision,
        "items": decision.items.select_related("procedure").order_by("procedure__code"),
        "warnings": day_warnings(decision),
        "form": form,
        "may_edit": prepares and draft,
        "may_submit_again": prepares and submitted,
        "may_withdraw": prepares and (draft or submitted or approved),
        "may_approve": approves and submitted,
        "may_enter": approves and approved,
        **_furniture(_("Decision %s") % decision.number, _list_crumb()),
    }
    return render(request, "catalogue/admin/decision_detail.html", context)


def _list_crumb() -> dict[str, str]:
    return {"url": reverse("catalogue_decisions:list"), "label": _("Publication decisions")}


def _furniture(title: str, *crumbs: dict[str, str]) -> dict[str, Any]:
    home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
    return {
        "header_title": title,
        "page_title": title,
        "header_icon": "clipboard-list",
        "breadcrumbs_items": [home, *crumbs, {"url": "", "label": title}],
    }
