"""Asks Django about the project, in one process: starting it takes longer than each answer."""

import os
import sys

from django.core.management import execute_from_command_line

COMMANDS = (
    ("check", "--fail-level", "WARNING"),
    ("makemigrations", "--check", "--dry-run"),
    ("messages", "check"),
)


def succeeds(command: tuple[str, ...]) -> bool:
    """Run a management command and tell whether it ended well."""
    try:
        execute_from_command_line(["manage.py", *command])
    except SystemExit as end:
        return not end.code
    return True


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    failed = [command for command in COMMANDS if not succeeds(command)]
    sys.exit(1 if failed else 0)
