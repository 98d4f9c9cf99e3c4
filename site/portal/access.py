"""Who may open which address: the rule on each view and, for views of others, one table."""

from enum import StrEnum
from typing import Any


class Access(StrEnum):
    """Rules for addresses whose views carry none of ours."""

    PUBLIC = "public"
    STAFF = "staff"
    OPERATOR = "operator"
    NOBODY = "nobody"


# Routes of views that are not ours, by prefix; the first match holds. Ours carry
# `catalogue.permissions.public` or `requires`.
PREFIXES: list[tuple[str, Access]] = [
    # Memberships are the only source of rights, so Wagtail's own editors of users are closed.
    ("quan-tri/users/", Access.NOBODY),
    ("quan-tri/groups/", Access.NOBODY),
    # Its log-in, log-out and password pages are the portal's.
    ("quan-tri/login/", Access.PUBLIC),
    ("quan-tri/logout/", Access.PUBLIC),
    ("quan-tri/password_reset/", Access.NOBODY),
    # Signs with a key of its own; holds no data.
    ("quan-tri/jsi18n/", Access.PUBLIC),
    # Name pages of every agency; nobody chooses a page, and moving one changes who publishes it.
    ("quan-tri/choose-page/", Access.OPERATOR),
    ("quan-tri/pages/<int:page_to_move_id>/move/", Access.OPERATOR),
    ("quan-tri/reports/page-types-usage/", Access.OPERATOR),
    ("quan-tri/", Access.STAFF),
    # Allauth's views check for themselves who is logged in.
    ("tai-khoan/", Access.PUBLIC),
    # The read API holds what the public pages hold.
    ("api/v1/", Access.PUBLIC),
    # Wagtail serves a document only to those who may read its collection.
    ("tep/", Access.PUBLIC),
]


def access_rule(view: Any, route: str) -> str | None:
    """Return the rule of `view` at `route` (as the resolver writes it), or None if it has none."""
    own = getattr(view, "access_rule", None)
    if own is not None:
        return str(own)
    return next((rule for prefix, rule in PREFIXES if route.startswith(prefix)), None)
