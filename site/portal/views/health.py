"""How the running product is doing, for supervisors, load balancers and collectors of figures."""

from dataclasses import asdict
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from catalogue.permissions import public
from catalogue.selectors.jobs import consumer_states, queue_state, worker_is_alive
from portal.metrics import CONTENT_TYPE, Gauge, exposition
from portal.middleware import is_staff_today
from portal.selectors.readiness import readiness

LOOPBACK = ["127.0.0.0/8", "::1/128"]
RETRY_AFTER_SECONDS = 5


@public
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer as long as this process can answer at all; asks the database for nothing."""
    return HttpResponse("ok", content_type=CONTENT_TYPE)


@public
def readyz(request: HttpRequest) -> HttpResponse:
    """Answer 200 when database, migrations, index and worker do their part, else 503.

    Which of them doesn't is told to staff and to this machine only.
    """
    state = readiness()
    body = {"ready": state.ready}
    if _comes_from(request, LOOPBACK) or (state.migrations and _is_staff(request)):
        body |= asdict(state)
    if state.ready:
        return JsonResponse(body)
    return JsonResponse(body, status=503, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})


@public
def metrics(request: HttpRequest) -> HttpResponse:
    """Tell the figures of queue and outbox to the addresses in `METRICS_ALLOW`; 404 for others."""
    if not _comes_from(request, settings.METRICS_ALLOW):
        raise Http404
    return HttpResponse(
        exposition([*_queue_gauges(), *_outbox_gauges()]), content_type=CONTENT_TYPE
    )


def _queue_gauges() -> list[Gauge]:
    queue = queue_state()
    figures = [
        ("jobs_pending", "Jobs that wait.", queue.pending),
        ("jobs_running", "Jobs under a lease.", queue.running),
        ("jobs_dead", "Jobs that were given up.", queue.dead),
        (
            "jobs_oldest_wait_seconds",
            "For how long the most overdue job has waited.",
            queue.oldest_wait.total_seconds(),
        ),
        ("worker_alive", "1 if a worker was seen lately.", int(worker_is_alive())),
    ]
    return [Gauge.single(f"mot_cua_{name}", help_, value) for name, help_, value in figures]


def _outbox_gauges() -> list[Gauge]:
    states = consumer_states()
    lag = {state.consumer: state.lag for state in states}
    failures = {state.consumer: state.failures for state in states}
    return [
        Gauge("mot_cua_outbox_lag", "Changes that a consumer is behind.", lag, "consumer"),
        Gauge("mot_cua_outbox_failures", "Failures of a consumer in a row.", failures, "consumer"),
    ]


def _is_staff(request: HttpRequest) -> bool:
    return request.user.is_authenticated and is_staff_today(request.user)


def _comes_from(request: HttpRequest, networks: list[str]) -> bool:
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:  # a socket file has no address
        return False
    return any(address in ip_network(network) for network in networks)
