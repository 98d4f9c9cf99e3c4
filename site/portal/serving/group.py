"""The processes that make up the running product on one machine."""

import sys
from http.client import HTTPConnection, HTTPException

from django.core.management import call_command
from django.urls import get_resolver
from gunicorn.app.wsgiapp import WSGIApplication

from portal.serving.supervisor import Child

HOST = "127.0.0.1"
PROBE_SECONDS = 2


def serving_children() -> list[Child]:
    """Return the web server and the worker, ready to be supervised."""
    # Loads all views once, before the fork, instead of in each process at its first request.
    _ = get_resolver().url_patterns
    return [Child("web", run_web), Child("worker", run_worker)]


def run_web() -> None:
    """Serve requests until told to end."""
    sys.argv = ["gunicorn", "--config", "python:portal.serving.web"]
    WSGIApplication("%(prog)s", prog="gunicorn").run()


def run_worker() -> None:
    """Work on jobs and the outbox until told to end."""
    call_command("worker")


def answers(port: int) -> bool:
    """Return whether the web server at `port` says it is healthy."""
    probe = HTTPConnection(HOST, port, timeout=PROBE_SECONDS)
    try:
        probe.request("GET", "/healthz")
        return probe.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        probe.close()
