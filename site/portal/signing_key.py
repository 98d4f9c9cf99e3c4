"""The signing key: from the environment, or made once and kept in VAR_DIR."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def secret_key(given: str, var_dir: Path, *, production: bool) -> str:
    """Return the signing key.

    `given` is the environment's value; without one a key is made once in `var_dir`, readable by
    its owner only. Raises `ImproperlyConfigured` in production without a given key.
    """
    if given:
        return given
    if production:
        raise ImproperlyConfigured("SECRET_KEY must be set when PRODUCTION is true.")
    path = var_dir / "secret-key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    key = secrets.token_urlsafe(50)
    with os.fdopen(descriptor, "w") as file:
        file.write(key)
    return key
