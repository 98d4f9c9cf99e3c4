"""What the decision screens share: finding a decision, trying a step, and the frame around."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from catalogue.models import DecisionStep, PublicationDecision
from catalogue.selectors.decisions import decisions_for
from catalogue.services.decisions import DecisionRefused


def decision_or_404(request: HttpRequest, pk: int) -> PublicationDecision:
    """Return a decision of the reader's agencies."""
    return get_object_or_404(decisions_for(request.user), pk=pk)


def attempt(
    request: HttpRequest, decision: PublicationDecision, step: Callable[[], Any]
) -> HttpResponse:
    """Try a step of the decision and show the decision again, with what refused it.

    A step that the worker takes is told by the decision's own screen.
    """
    try:
        taken = step()
    except DecisionRefused as refusal:
        _tell(request, refusal.problems)
    else:
        if not isinstance(taken, DecisionStep):
            messages.success(request, _("Done."))
    return to_detail(decision)


def _tell(request: HttpRequest, problems: Sequence[str]) -> None:
    for problem in problems[:MOST_PROBLEMS]:
        messages.error(request, problem)
    more = len(problems) - MOST_PROBLEMS
    if more > 0:
        messages.error(request, _("And %d more of the same kind.") % more)


def to_detail(decision: PublicationDecision) -> HttpResponse:
    """Lead to the screen of the decision."""
    return redirect("catalogue_decisions:detail", pk=decision.pk)


def furniture(title: str, *crumbs: dict[str, str]) -> dict[str, Any]:
    """Return the title of a screen and the way to it."""
    home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
    return {
        "header_title": title,
        "page_title": title,
        "header_icon": "clipboard-list",
        "breadcrumbs_items": [home, *crumbs, {"url": "", "label": title}],
    }


def list_crumb() -> dict[str, str]:
    """Return the way to the list."""
    return {"url": reverse("catalogue_decisions:list"), "label": _("Publication decisions")}


def decision_crumbs(decision: PublicationDecision) -> tuple[dict[str, str], dict[str, str]]:
    """Return the way to a decision."""
    address = reverse("catalogue_decisions:detail", args=[decision.pk])
    return list_crumb(), {"url": address, "label": decision_title(decision)}


def decision_title(decision: PublicationDecision) -> str:
    """Return what a decision is called on its screens."""
    if decision.kind == decision._meta.get_field("kind").default:
        return _("Decision %s") % decision.number
    return _("Correction %s") % decision.number


MOST_PROBLEMS = 10
