"""The agency scope: agency-owned models answer for the agencies of a user, or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django_scopes import scope

from catalogue.permissions import Permission, agencies_for


@contextmanager
def scoped_to(user: Any, permission: Permission) -> Iterator[None]:
    """Let agency-owned models be queried for the agencies at which `user` holds `permission`.

    Models declare it with `objects = ScopedManager(agency="agency_id")`; outside a scope their
    queries raise `django_scopes.ScopeError`. An operator sees all agencies.
    """
    everything = bool(user.is_active and user.is_superuser)
    agencies = (
        None if everything else list(agencies_for(user, permission).values_list("pk", flat=True))
    )
    with scope(agency=agencies):
        yield
