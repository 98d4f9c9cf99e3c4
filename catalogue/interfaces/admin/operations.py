"""Jobs, schedules and lags in the admin, for those who keep the product running."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.ui.tables import Column
from wagtail.permissions import register_permission_policy

from catalogue.enums import JobState
from catalogue.interfaces.admin.policy import AgencyScopedPermissionPolicy
from catalogue.interfaces.admin.viewsets import AgencyScopedViewSet, ScopedIndexView
from catalogue.models import Job
from catalogue.permissions import Permission, requires
from catalogue.selectors.jobs import consumer_states, queue_state, worker_is_alive, worker_seen_at
from catalogue.services.retry_job import retry_job

register_permission_policy(
    Job,
    AgencyScopedPermissionPolicy(Job, needs={"view": Permission.VIEW_OPERATIONS}, within=None),
)


def last_line(job: Job) -> str:
    """Return the last line of what went wrong, which names the error."""
    return job.last_error.strip().rpartition("\n")[2][:120]


class JobIndexView(ScopedIndexView):
    """How the worker stands, then the jobs that are not done."""

    search_without_accents = ("kind", "last_error")
    template_name = "catalogue/admin/operations.html"

    def get_base_queryset(self) -> Any:
        """Return the jobs that wait, run or were given up."""
        return super().get_base_queryset().exclude(state=JobState.DONE)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the state of the queue and of every consumer of the outbox."""
        queue = queue_state()
        return super().get_context_data(
            queue=queue,
            longest_wait=timedelta(seconds=int(queue.oldest_wait.total_seconds())),
            consumers=consumer_states(),
            worker_is_alive=worker_is_alive(),
            worker_seen_at=worker_seen_at(),
            **kwargs,
        )


class JobViewSet(AgencyScopedViewSet):
    """The queue of the worker."""

    model = Job
    name = "operations"
    icon = "cogs"
    menu_label = gettext_lazy("Operations")
    index_view_class = JobIndexView
    ordering = "-state"
    list_display = [
        "kind",
        "state",
        "attempts",
        "next_try_at",
        Column("last_error", label=gettext_lazy("Last error"), accessor=last_line),
    ]
    list_filter = ["state"]
    inspect_template_name = "catalogue/admin/job.html"
    inspect_view_fields = ["kind", "state", "attempts", "next_try_at", "created_at", "last_error"]

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the button of a job that was given up."""
        return [*super().get_urlpatterns(), path("retry/<int:pk>/", retry, name="retry")]


@requires(Permission.VIEW_OPERATIONS)
@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a job once more."""
    job = get_object_or_404(Job, pk=pk)
    try:
        retry_job(job=job, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("The job will run in a moment."))
    return redirect("operations:index")
