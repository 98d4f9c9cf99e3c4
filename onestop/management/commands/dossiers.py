"""Care for the records of dossiers."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from onestop.models import Dossier
from onestop.scopes import every_dossier
from onestop.selectors.chain import verify_chains


class Command(BaseCommand):
    """`manage.py dossiers verify`: check every chain of events and that replay = state."""

    help = "Check the recorded history of every dossier."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the subcommands."""
        parser.add_subparsers(dest="task", required=True).add_parser(
            "verify", help="Check every chain of events and that its replay gives the stored state."
        )

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print each fault; fail when there is one."""
        faults = 0
        for fault in verify_chains():
            faults += 1
            self.stderr.write(self.style.ERROR(str(fault)))
        with every_dossier():
            total = Dossier.objects.count()
        if faults:
            raise CommandError(f"{faults} faults in the history of {total} dossiers.")
        self.stdout.write(self.style.SUCCESS(f"{total} dossiers verified."))
