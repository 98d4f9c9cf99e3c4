"""Runs the whole product on this machine until Ctrl-C."""

import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from portal.serving.group import HOST, answers, serving_children
from portal.serving.preconditions import CannotServe, require_free_port
from portal.serving.supervisor import Supervisor


class Command(BaseCommand):
    """`serve`: prepare what is out of date, then web server and worker under supervision."""

    help = "Prepares and runs the whole product on this machine until Ctrl-C."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        try:
            require_free_port(HOST, settings.PORT)
        except CannotServe as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Preparing (data is kept in {settings.VAR_DIR})")
        call_command("prepare", stdout=self.stdout, stderr=self.stderr)
        self.stdout.write("Starting")

        def announce() -> None:
            self.stdout.write(f"Ready after {time.monotonic() - started:.1f} s.\n\n")
            call_command("show", stdout=self.stdout)
            self.stdout.write("\nCtrl-C stops everything.")

        Supervisor(serving_children(), self.stdout).run(
            is_ready=lambda: answers(settings.PORT), announce=announce
        )
        self.stdout.write("Stopped.")
