"""The worker as the product runs it."""

import signal

from django.utils.module_loading import autodiscover_modules

from catalogue.jobs import registry
from catalogue.worker import housekeeping  # noqa: F401 (registers the catalogue's schedules)
from catalogue.worker.loop import Worker


def product_worker() -> Worker:
    """Return a worker that knows the jobs of all apps and leaves on SIGTERM and SIGINT."""
    autodiscover_modules("jobs")
    worker = Worker(registry)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, worker.stop)
    return worker
