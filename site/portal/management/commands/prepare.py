"""Brings everything that the product needs up to date, without starting it."""

import errno
import logging
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from portal.serving.preconditions import CannotServe, require_free_space
from portal.serving.preparation import Stamps, prepare
from portal.serving.stages import STAMPS, serving_stages


class Command(BaseCommand):
    """`prepare`: messages, database, static files, samples and index, each only when needed."""

    help = "Brings messages, database, static files, samples and search index up to date."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        # A line for each sample page would bury the stages.
        logging.getLogger("wagtail").setLevel(logging.WARNING)
        try:
            require_free_space(settings.VAR_DIR)
            ran = prepare(serving_stages(), Stamps(settings.VAR_DIR / STAMPS), self.stdout)
        except CannotServe as error:
            raise CommandError(str(error)) from error
        except OperationalError as error:
            raise CommandError(f"The database can't be used: {error}") from error
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            raise CommandError("The disk became full. Free some space and start again.") from error
        if not ran:
            self.stdout.write("  everything is up to date")
