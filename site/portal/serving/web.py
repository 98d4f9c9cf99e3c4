"""Settings of gunicorn, read by `gunicorn --config python:portal.serving.web`."""

import os

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
# It would be written outside of VAR_DIR, and nothing here uses it.
control_socket_disable = True
