"""Message catalogues: check, extract and compile."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.translation.catalogues import compile_catalogues
from portal.translation.review import review_catalogues, update_catalogues


class Command(BaseCommand):
    """`messages check|extract|compile`."""

    help = "Checks, updates or compiles the Vietnamese message catalogues."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "action",
            choices=("check", "extract", "compile"),
            help="check: fail on any message without Vietnamese; extract: write new messages"
            " into the .po files; compile: build the .mo files",
        )

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        if action == "check":
            self.report_findings()
        elif action == "extract":
            self.list_paths("updated", update_catalogues())
        else:
            self.list_paths("compiled", compile_catalogues())

    def report_findings(self) -> None:
        findings = review_catalogues()
        for finding in findings:
            self.stdout.write(f"{finding.kind:10} {finding.place}: {finding.message!r}")
        if findings:
            raise CommandError(
                f"{len(findings)} messages need work: run `manage.py messages extract`,"
                " then translate."
            )
        self.stdout.write("Every message has its Vietnamese.")

    def list_paths(self, what: str, paths: list[Path]) -> None:
        for path in paths:
            self.stdout.write(f"{what} {path}")
