"""The signing key: from the environment, or made once and kept in VAR_DIR."""

import secrets
from functools import partial
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from portal.kept_secret import kept_secret


def secret_key(given: str, var_dir: Path, *, production: bool) -> str:
    """Return the signing key.

    `given` is the environment's value; without one a key is made once in `var_dir`, readable by
    its owner only. Raises `ImproperlyConfigured` in production without a given key.
    """
    if given:
        return given
    if production:
        raise ImproperlyConfigured("SECRET_KEY must be set when PRODUCTION is true.")
    return kept_secret(var_dir / "secret-key", partial(secrets.token_urlsafe, 50))
