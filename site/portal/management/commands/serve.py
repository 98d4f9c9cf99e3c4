"""Runs the whole product on this machine until Ctrl-C."""

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import STATICFILES_STORAGE_ALIAS, settings
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.storage import storages
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connections
from django.utils.translation.reloader import translation_file_changed

from portal.serving.group import HOST, answers, serving_children
from portal.serving.preconditions import CannotServe, require_free_port, require_free_space
from portal.serving.preparation import Stamps, stale_stages
from portal.serving.stages import STAMPS, serving_stages
from portal.serving.supervisor import Supervisor, end_with_parent


class Command(BaseCommand):
    """`serve`: prepare what is out of date, then web server and worker under supervision."""

    help = "Prepares and runs the whole product on this machine until Ctrl-C."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        try:
            require_free_port(HOST, settings.PORT)
            require_free_space(settings.VAR_DIR)
            self.prepare()
        except CannotServe as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")
            return

        def announce() -> None:
            self.stdout.write(f"Ready after {time.monotonic() - started:.1f} s.\n\n")
            call_command("show", stdout=self.stdout)
            self.stdout.write("\nCtrl-C stops everything.")
            self.stdout.flush()

        supervisor = Supervisor(serving_children(), self.stdout)
        supervisor.run(is_ready=lambda: answers(settings.PORT), announce=announce)
        self.stdout.write("Stopped.")

    def prepare(self) -> None:
        """Run `prepare` if anything is stale, apart: the children fork from a process that has
        opened neither database nor index."""
        try:
            stale = stale_stages(serving_stages(), Stamps(settings.VAR_DIR / STAMPS))
        except OperationalError as error:
            raise CannotServe(f"The database can't be used: {error}") from error
        finally:
            connections.close_all()
        if not stale:
            return
        self.stdout.write(f"Preparing (data is kept in {settings.VAR_DIR})")
        self.stdout.flush()
        command = [sys.executable, sys.argv[0], "prepare"]
        # In a session of its own Ctrl-C doesn't reach it, so that it is ended in one way only.
        with subprocess.Popen(  # noqa: S603 - our own command
            command,
            start_new_session=True,
            preexec_fn=end_with_parent,  # noqa: PLW1509
        ) as preparation:
            try:
                preparation.wait()
            except KeyboardInterrupt:
                preparation.terminate()
                raise
        if preparation.returncode:
            raise CannotServe("The preparation failed; its last line above says why.")
        reload_static_names()
        reload_messages()


def reload_static_names() -> None:
    """Read the names of the static files again.

    Modules that link static files have made the storage before the files were collected anew, and
    the children fork with what it knew then.
    """
    storage = storages[STATICFILES_STORAGE_ALIAS]
    if isinstance(storage, ManifestStaticFilesStorage):
        # The stubs have the return value of older versions of Django.
        manifest: Any = storage.load_manifest()
        storage.hashed_files, storage.manifest_hash = manifest


def reload_messages() -> None:
    """Read the messages again: this process may have read them before they were compiled."""
    translation_file_changed(sender=None, file_path=Path("django.mo"))
