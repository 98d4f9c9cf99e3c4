"""Pytest plugin: gives the run an environment of its own before Django reads its settings.

`TEST_DATABASE_URL` names a PostgreSQL server to make databases on; without it the run uses SQLite.
"""

import os
import shutil
import signal
import tempfile
from pathlib import Path

from portal.translation.catalogues import compile_catalogues

VAR_DIR = Path(tempfile.mkdtemp(prefix=f"mc-test-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}-"))
(VAR_DIR / "static").mkdir()
SERVER_URL = os.environ.get("TEST_DATABASE_URL", f"sqlite:///{VAR_DIR / 'unused.sqlite3'}")

os.environ.update(
    VAR_DIR=str(VAR_DIR),
    DATABASE_URL=SERVER_URL,
    SECRET_KEY="signs-nothing-outside-of-tests",
    PRODUCTION="false",
    DEBUG="false",
    SEARCH_URL="",
    EMAIL_URL="memorymail://",
)

# A shell starts what runs in the background deaf to SIGINT, and children inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)

if "PYTEST_XDIST_WORKER" not in os.environ:
    compile_catalogues()


def pytest_unconfigure() -> None:
    """Remove what the run has written."""
    shutil.rmtree(VAR_DIR, ignore_errors=True)
