"""The processes that make up the running product on one machine."""

import os
import sys
from http.client import HTTPConnection, HTTPException

from django.conf import settings

from portal.serving.supervisor import Child

HOST = "127.0.0.1"
PROBE_SECONDS = 2


def serving_children() -> list[Child]:
    """Return the web server and the worker, ready to be supervised."""
    environment = {
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
        "PORT": str(settings.PORT),
        "PYTHONUNBUFFERED": "1",
    }
    web = ("-m", "gunicorn", "--config", "python:portal.serving.web")
    return [
        Child("web", (sys.executable, *web), environment),
        Child("worker", (sys.executable, "-m", "django", "worker"), environment),
    ]


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
