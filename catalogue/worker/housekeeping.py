"""What the catalogue itself has the worker do."""

from datetime import time, timedelta

from catalogue import tasks  # noqa: F401 (registers the jobs of tasks)
from catalogue.jobs import schedule
from catalogue.selectors.jobs import HEARTBEAT, HEARTBEAT_EVERY
from catalogue.services.content_reports import forget_contacts
from catalogue.services.jobs import purge_done_jobs
from catalogue.services.open_data import publish_open_data


@schedule("worker.purge_jobs", at=time(2, 30), atomic=False)
def purge_jobs() -> None:
    """Delete what the queue no longer needs; changes stay, they are the public feed."""
    purge_done_jobs()


@schedule(HEARTBEAT, every=HEARTBEAT_EVERY)
def beat() -> None:
    """Do nothing: the run itself is the sign of life."""


@schedule("catalogue.open_data", every=timedelta(hours=1), atomic=False)
def make_open_data() -> None:
    """Make the files of open data anew where catalogue or day changed."""
    publish_open_data()


@schedule("catalogue.forget_contacts", at=time(2, 45))
def forget_old_contacts() -> None:
    """Forget how to reach readers whose reports nobody has answered in time."""
    forget_contacts()
