"""`manage.py worker`: drain the outbox, follow the schedules, run the jobs."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from catalogue.worker import product_worker


class Command(BaseCommand):
    """Run one worker; start as many as the load asks for."""

    help = "Run a worker until SIGTERM; what it has begun is finished first."

    def add_arguments(self, parser: CommandParser) -> None:
        """Accept `--once`."""
        parser.add_argument("--once", action="store_true", help="do all that is due, then leave")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        """Work for ever, or until nothing is due."""
        worker = product_worker()
        if once:
            worker.run_until_idle()
        else:
            worker.run()
