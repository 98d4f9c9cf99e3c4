"""Writes the pages of the documentation that are made from code and data."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.documentation.pages import outdated_pages


class Command(BaseCommand):
    """`docs [--check]`."""

    help = "Writes the generated pages of docs/; run it in a source tree after a change."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="write nothing, fail if a page is out of date"
        )

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        if not (settings.BASE_DIR / "docs").is_dir():
            raise CommandError("There is no folder docs/ here: run it in a source tree.")
        outdated = outdated_pages()
        names = [str(path.relative_to(settings.BASE_DIR)) for path in outdated]
        if check and names:
            raise CommandError(f"Out of date, run `manage.py docs`: {', '.join(names)}")
        for path, text in outdated.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        self.stdout.write("\n".join(f"written {name}" for name in names) or "all pages are current")
