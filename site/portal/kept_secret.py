"""Secrets that are made once and kept in a file for its owner alone."""

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def kept_secret(path: Path, make: Callable[[], str]) -> str:
    """Return the secret kept at `path`; the first caller makes it by `make()`.

    However many processes call at once, all of them get the same, whole secret.
    """
    if not path.exists():
        _keep(path, make())
    return path.read_text()


def _keep(path: Path, secret: str) -> None:
    # A file appears under its name only when it is complete; the first name given to it stays.
    descriptor, unfinished = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}-")
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secret)
        with suppress(FileExistsError):
            os.link(unfinished, path)
    finally:
        os.unlink(unfinished)
