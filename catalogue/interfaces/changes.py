"""What would change: for those who approve a decision, and for those who write a procedure."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogue.comparison import by_section, compare
from catalogue.interfaces.decisions.screen import decision_crumbs, decision_or_404, furniture
from catalogue.models import Procedure
from catalogue.permissions import Permission, has_permission, requires
from catalogue.selectors.history import Amendment, amendment_of, unpublished_changes
from catalogue.services.decisions import publishing_agency


@require_safe
@requires(Permission.SEE_DECISIONS)
def item_changes(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """Show what an item of a decision changes, to those who may see the decision."""
    decision = decision_or_404(request, pk)
    items = decision.items.select_related("decision__agency", "procedure__field", "revision")
    item = get_object_or_404(items, pk=item_pk)
    frame = furniture(_("Changes in %s") % item.procedure.code, *decision_crumbs(decision))
    return _render(request, item.procedure, amendment_of(item), frame)


@require_safe
@requires(Permission.EDIT_PROCEDURES)
def unpublished(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the editors of a procedure have changed since the version in force."""
    procedure = get_object_or_404(Procedure.objects.select_related("field"), pk=pk)
    agency = publishing_agency(procedure)
    if not has_permission(request.user, Permission.EDIT_PROCEDURES, agency):
        raise Http404
    address = reverse("wagtailadmin_pages:edit", args=[procedure.pk])
    crumb = {"url": address, "label": procedure.code}
    frame = furniture(_("Changes in %s") % procedure.code, crumb)
    return _render(request, procedure, unpublished_changes(procedure, agency), frame)


def _render(
    request: HttpRequest, procedure: Procedure, amendment: Amendment, frame: dict[str, Any]
) -> HttpResponse:
    changes = compare(amendment.before, amendment.after)
    context = {
        "procedure": procedure,
        "amendment": amendment,
        "sections": by_section(changes),
        "meaning": sum(not change.wording for change in changes),
        "wording": sum(change.wording for change in changes),
        **frame,
    }
    return render(request, "catalogue/admin/changes.html", context)


app_name = "catalogue_changes"
urlpatterns = [
    path("quyet-dinh/<int:pk>/muc/<int:item_pk>/thay-doi/", item_changes, name="item"),
    path("thu-tuc/<int:pk>/thay-doi/", unpublished, name="unpublished"),
]
