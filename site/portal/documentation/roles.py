"""The page of roles and permissions, from the code that decides."""

from catalogue.enums import AgencyKind, Level, Role
from catalogue.permissions import ROLE_PERMISSIONS, Permission, roles_with
from catalogue.role_places import ROLE_PLACES, Place
from portal.documentation.markdown import code, page, table

INTRODUCTION = (
    "A person holds a role at an agency from one day to another (`catalogue.models.Membership`)."
    " The role gives permissions there and at every agency below. Nothing else gives rights:"
    " groups and page permissions of Wagtail are derived from memberships. A superuser is the"
    " operator of the installation and may do everything but publish a procedure without a"
    " decision. This page is made from `catalogue/permissions.py` and `catalogue/role_places.py`."
)
NONE = "none yet"


def roles_page() -> str:
    """Return the page: roles with their places and permissions, then permissions with roles."""
    return page(
        "Roles and permissions",
        INTRODUCTION,
        "## Roles",
        table(
            ("role", "name", "exists at", "permissions"),
            ((code(role), str(role.label), _place(role), _permissions(role)) for role in Role),
        ),
        "## Permissions",
        table(
            ("permission", "what it lets a person do", "roles"),
            (
                (code(permission), str(permission.label), _codes(roles_with(permission)))
                for permission in Permission
            ),
        ),
    )


def _permissions(role: Role) -> str:
    given = ROLE_PERMISSIONS[role]
    return _codes([permission for permission in Permission if permission in given])


def _place(role: Role) -> str:
    place: Place = ROLE_PLACES[role]
    if place.kinds:
        return ", ".join(str(kind.label) for kind in AgencyKind if kind in place.kinds)
    if place.levels == frozenset(Level):
        return "any agency"
    return ", ".join(str(level.label) for level in Level if level in place.levels)


def _codes(names: list[str] | list[Permission]) -> str:
    return ", ".join(code(str(name)) for name in names) or NONE
