"""Settings of gunicorn, read by `gunicorn --config python:portal.serving.web`."""

import gc
import os
from typing import Any

from portal.settings import LOGGING, PORT

wsgi_app = "portal.wsgi:application"
bind = f"127.0.0.1:{PORT}"
# Two sync workers are blocked for 7.5 s by two slow uploads; threads are not.
worker_class = "gthread"
workers = 2
threads = 4
preload_app = True
graceful_timeout = 3
timeout = 60
keepalive = 5
# A heartbeat file on a slow disk would make a healthy worker look dead.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108
# Its own lines look like all others, personal data removed.
logconfig_dict = LOGGING
logger_class = "portal.serving.web_log.WebLog"
# Objects, and younger collections, after which garbage is looked for; a page makes thousands.
GARBAGE_THRESHOLDS = (5_000, 20, 20)
# It would be written outside of VAR_DIR, and nothing here uses it.
control_socket_disable = True


def when_ready(server: Any) -> None:
    """Take what is loaded by now out of the garbage collector's sight, before the fork.

    Django, Wagtail and their views are never garbage; looking through them again and again cost a
    third of the time of a page, and unshared the memory that the processes have in common.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE_THRESHOLDS)
