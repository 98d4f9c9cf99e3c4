"""How the running product is doing, for supervisors, load balancers and collectors of figures."""

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse

from catalogue.permissions import public
from catalogue.selectors.jobs import consumer_states, queue_state, worker_is_alive

PLAIN = "text/plain; version=0.0.4; charset=utf-8"


@public
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer as long as this process can answer at all."""
    return HttpResponse("ok", content_type=PLAIN)


@public
def readyz(request: HttpRequest) -> HttpResponse:
    """Answer 200 when database and worker do their part, else 503 with what doesn't."""
    try:
        parts = {"database": True, "worker": worker_is_alive()}
    except DatabaseError:
        parts = {"database": False, "worker": False}
    return JsonResponse(parts, status=200 if all(parts.values()) else 503)


@public
def metrics(request: HttpRequest) -> HttpResponse:
    """Tell the figures of queue and outbox in the text format of Prometheus."""
    queue = queue_state()
    figures = {
        "mot_cua_jobs_pending": queue.pending,
        "mot_cua_jobs_running": queue.running,
        "mot_cua_jobs_dead": queue.dead,
        "mot_cua_jobs_oldest_wait_seconds": queue.oldest_wait.total_seconds(),
        "mot_cua_worker_alive": int(worker_is_alive()),
    }
    for state in consumer_states():
        figures[f'mot_cua_outbox_lag{{consumer="{state.consumer}"}}'] = state.lag
        figures[f'mot_cua_outbox_failures{{consumer="{state.consumer}"}}'] = state.failures
    lines = "".join(f"{name} {value}\n" for name, value in figures.items())
    return HttpResponse(lines, content_type=PLAIN)
