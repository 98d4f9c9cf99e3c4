"""Brings everything that the product needs up to date, without starting it."""

import errno
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connections

from portal.serving.preconditions import CannotServe, require_free_space
from portal.serving.preparation import Stamps, prepare
from portal.serving.stages import serving_stages


class Command(BaseCommand):
    """`prepare`: messages, database, static files, samples and index, each only when needed."""

    help = "Brings messages, database, static files, samples and search index up to date."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            require_free_space(settings.VAR_DIR)
            self.prepare()
        except CannotServe as error:
            raise CommandError(str(error)) from error
        except OperationalError as error:
            raise CommandError(f"The database can't be used: {error}") from error
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            raise CommandError("The disk became full. Free some space and start again.") from error
        finally:
            connections.close_all()

    def prepare(self) -> None:
        stamps = Stamps(settings.VAR_DIR / "prepared.json")
        ran = prepare(serving_stages(), stamps, self.stdout)
        if not ran:
            self.stdout.write("  everything is up to date")
