"""Screens on which the items of a draft are added, changed and removed."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from catalogue.interfaces.decisions.forms import DayForm, ItemForm, ManyForm
from catalogue.interfaces.decisions.progress import is_correction, rights
from catalogue.interfaces.decisions.screen import (
    attempt,
    decision_crumbs,
    decision_or_404,
    furniture,
    to_detail,
)
from catalogue.interfaces.decisions.views import render_detail
from catalogue.models import DecisionItem, Procedure, PublicationDecision
from catalogue.permissions import Permission, requires
from catalogue.selectors.decisions import procedures_that_fit
from catalogue.services.decisions import (
    DecisionRefused,
    add_codes,
    add_item,
    add_items,
    change_item_day,
    remove_item,
)

PER_PAGE = 100
# A key of more digits is none, and the database would not take it.
KEY_DIGITS = 18


@require_POST
@requires(Permission.PREPARE_DECISIONS)
def item_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a procedure on the decision."""
    decision = decision_or_404(request, pk)
    form = ItemForm(request.POST, decision=decision)
    if not form.is_valid():
        return render_detail(request, decision, form)
    return attempt(
        request, decision, lambda: add_item(decision=decision, by=request.user, **form.chosen)
    )


@requires(Permission.PREPARE_DECISIONS)
def items_choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose many procedures of the agency from a list, or all that were found."""
    decision = decision_or_404(request, pk)
    if request.method != "POST":
        return _render_many(request, decision)
    form = _list_form(request.POST, decision)
    if not form.is_valid():
        return _render_many(request, decision, form=form)
    procedures = list(_chosen(request, decision))
    return _add_many(
        request,
        decision,
        form,
        lambda: add_items(decision=decision, procedures=procedures, by=request.user, **form.chosen),
    )


@require_POST
@requires(Permission.PREPARE_DECISIONS)
def codes_paste(request: HttpRequest, pk: int) -> HttpResponse:
    """Add the procedures of a pasted list of codes."""
    decision = decision_or_404(request, pk)
    form, text = ManyForm(request.POST, decision=decision), request.POST.get("codes", "")
    if not form.is_valid():
        return _render_many(request, decision, form=form)
    return _add_many(
        request,
        decision,
        form,
        lambda: add_codes(decision=decision, text=text, by=request.user, **form.chosen),
    )


@requires(Permission.PREPARE_DECISIONS)
def item_change(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """Change the day of an item, or take it off."""
    decision = decision_or_404(request, pk)
    item = _item_or_404(decision, item_pk)
    form = DayForm(request.POST or None, initial={"effective_from": item.effective_from})
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["effective_from"]
        return attempt(
            request,
            decision,
            lambda: change_item_day(item=item, effective_from=day, by=request.user),
        )
    context = {
        "decision": decision,
        "item": item,
        "form": form,
        "may_edit": rights(decision, request.user).may_edit,
        "is_correction": is_correction(decision),
        **furniture(item.procedure.code, *decision_crumbs(decision)),
    }
    return render(request, "catalogue/admin/decision_item.html", context)


@require_POST
@requires(Permission.PREPARE_DECISIONS)
def item_remove(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """Take a procedure off the decision."""
    decision = decision_or_404(request, pk)
    item = _item_or_404(decision, item_pk)
    return attempt(request, decision, lambda: remove_item(item=item, by=request.user))


def _item_or_404(decision: PublicationDecision, pk: int) -> DecisionItem:
    return get_object_or_404(decision.items.select_related("procedure", "decision"), pk=pk)


def _found(request: HttpRequest, decision: PublicationDecision) -> Any:
    given = request.POST if request.method == "POST" else request.GET
    return procedures_that_fit(
        decision,
        query=given.get("q", "").strip(),
        changed_only=not given.get("tat-ca"),
    )


def _chosen(request: HttpRequest, decision: PublicationDecision) -> Any:
    """Return everything that the search found, or what was ticked."""
    if request.POST.get("all"):
        return _found(request, decision)
    return (
        Procedure.objects.filter(pk__in=_ticked(request))
        .only("code", "path", "depth")
        .order_by("code")
    )


def _ticked(request: HttpRequest) -> set[int]:
    given = request.POST.getlist("procedure")
    return {int(pk) for pk in given if pk.isdecimal() and len(pk) <= KEY_DIGITS}


def _add_many(
    request: HttpRequest,
    decision: PublicationDecision,
    form: ManyForm,
    add: Callable[[], list[DecisionItem]],
) -> HttpResponse:
    try:
        items = add()
    except DecisionRefused as refusal:
        return _render_many(request, decision, form=form, problems=refusal.problems)
    n = len(items)
    messages.success(request, ngettext("%d procedure added.", "%d procedures added.", n) % n)
    return to_detail(decision)


def _many_forms(
    request: HttpRequest, decision: PublicationDecision, given: ManyForm | None
) -> dict[str, ManyForm]:
    """Return the forms of the pasted codes and of the list; what was typed stays in its own."""
    pasted = "codes" in request.POST
    return {
        "paste_form": given if given and pasted else ManyForm(decision=decision),
        "list_form": given if given and not pasted else _list_form(None, decision),
    }


def _list_form(data: Any, decision: PublicationDecision) -> ManyForm:
    """Return the form beside the list; its fields have names of their own on the page."""
    return ManyForm(data, decision=decision, auto_id="list_%s")


def _render_many(
    request: HttpRequest,
    decision: PublicationDecision,
    *,
    form: ManyForm | None = None,
    problems: Sequence[str] = (),
) -> HttpResponse:
    given = request.POST if request.method == "POST" else request.GET
    found = Paginator(_found(request, decision), PER_PAGE)
    context = {
        "decision": decision,
        **_many_forms(request, decision, form),
        "problems": problems,
        "page": found.get_page(given.get("p")),
        "query": given.get("q", "").strip(),
        "everything": bool(given.get("tat-ca")),
        "ticked": _ticked(request),
        "codes": request.POST.get("codes", ""),
        "may_edit": rights(decision, request.user).may_edit,
        **furniture(_("Add many procedures"), *decision_crumbs(decision)),
    }
    return render(request, "catalogue/admin/decision_many.html", context)
