"""WSGI entry point for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import DEFAULT_DB_ALIAS, connections
from django.urls import get_resolver

from portal.databases import limit_waiting

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
application = get_wsgi_application()
limit_waiting(connections.settings[DEFAULT_DB_ALIAS])
# Loads all views before the web server forks, instead of in each process at its first request.
_ = get_resolver().url_patterns
