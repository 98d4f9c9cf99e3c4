"""Which release of the product is running."""

import tomllib
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from django.conf import settings


@cache
def release_number() -> str:
    """Return the version of the installed wheel, or that of the source tree it runs from."""
    try:
        return version("mot-cua")
    except PackageNotFoundError:
        with (settings.BASE_DIR / "pyproject.toml").open("rb") as file:
            return str(tomllib.load(file)["project"]["version"])
