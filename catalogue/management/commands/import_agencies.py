"""`manage.py import_agencies [FILE]`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from catalogue.services.agencies import AgencyImportError, import_agencies


class Command(BaseCommand):
    """Bring a list of agencies into the database; without FILE the one that the product ships."""

    help = "Import agencies (tab-separated) or units (JSON); without FILE the list that is shipped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the optional FILE."""
        parser.add_argument(
            "file",
            nargs="?",
            type=Path,
            metavar="FILE",
            help="tab-separated list of agencies, or JSON list of provinces with their communes",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Import the file and say what changed."""
        try:
            result = import_agencies(path=options["file"])
        except (AgencyImportError, OSError, UnicodeDecodeError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{result.created} new agencies, {result.changed} changed,"
            f" {result.ended} ended, {result.unchanged} as they were."
        )
