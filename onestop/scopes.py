"""Whose dossiers a piece of code may see; a query outside any of these scopes raises.

- `dossiers_of(user, permission)`: the agencies at which the user holds a permission (the desk).
- `every_dossier()`: all agencies. Only for services, which check the agency themselves, for jobs
  and commands, and for the public pages that answer to a code without personal data.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django_scopes import scope, scopes_disabled

from catalogue.permissions import Permission, agencies_for


@contextmanager
def dossiers_of(user: Any, permission: Permission) -> Iterator[None]:
    """Limit dossiers, events and payloads to the agencies at which `user` holds `permission`."""
    agencies = list(agencies_for(user, permission).values_list("pk", flat=True))
    with scope(agency=agencies):
        yield


@contextmanager
def every_dossier() -> Iterator[None]:
    """Lift the limit; see the module for who may."""
    with scopes_disabled():
        yield
