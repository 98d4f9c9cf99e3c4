"""`manage.py load_rules`."""

from typing import Any

from django.core.management.base import BaseCommand

from catalogue.services.rules import load_rules


class Command(BaseCommand):
    """Bring the rules of law that the product ships into the database; may be repeated."""

    help = "Load the rules of law that are shipped; rows edited by an administrator are kept."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Load the rules and say how many rows changed."""
        self.stdout.write(f"{load_rules()} rows changed.")
