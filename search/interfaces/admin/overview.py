"""The editors' page of search: how the index stands, and what readers asked in vain."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from catalogue.permissions import Permission, has_permission, requires
from catalogue.selectors.jobs import worker_is_alive
from search.interfaces.admin.screen import frame
from search.interfaces.admin.try_query import try_query
from search.interfaces.admin.words import marks_in_words
from search.models import MissingAnswer
from search.selectors.asked_queries import failed_queries
from search.selectors.index_status import index_status
from search.services.request_rebuild import request_rebuild

MISSING_SHOWN = 5
DAYS = 30


@require_safe
@requires(Permission.EDIT_SEARCH)
def overview(request: HttpRequest) -> HttpResponse:
    """Show the index, the queries that failed in 30 days, and what was reported missing."""
    missing = MissingAnswer.objects.filter(handled_at__isnull=True)
    context = {
        "status": index_status(),
        "worker_is_alive": worker_is_alive(),
        "may_rebuild": has_permission(request.user, Permission.VIEW_OPERATIONS),
        "queries": [(query, marks_in_words(query.text)) for query in failed_queries(days=DAYS)],
        "days": DAYS,
        "missing": missing[:MISSING_SHOWN],
        "missing_count": missing.count(),
        **frame(_("Readers’ search")),
    }
    return render(request, "search/admin/overview.html", context)


@require_POST
@requires(Permission.VIEW_OPERATIONS)
def rebuild(request: HttpRequest) -> HttpResponse:
    """Queue a rebuild of the index; searching goes on meanwhile."""
    request_rebuild(by=request.user)
    messages.success(request, _("The index will be built anew; readers search on meanwhile."))
    return redirect("search_admin:overview")


app_name = "search_admin"
urlpatterns = [
    path("", overview, name="overview"),
    path("thu/", try_query, name="try"),
    path("dung-lai-chi-muc/", rebuild, name="rebuild"),
]
