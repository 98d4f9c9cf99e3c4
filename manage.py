#!/usr/bin/env python
"""Command line of the product: puts `site/` on the path and hands over to Django."""

import os
import sys
from pathlib import Path


def main() -> None:
    """Run the management command named on the command line."""
    sys.path.insert(1, str(Path(__file__).resolve().parent / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
