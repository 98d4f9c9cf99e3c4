"""Rights in the admin: a permission at an agency, for every action and every object."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Q
from wagtail.permission_policies import BasePermissionPolicy

from catalogue.models import AgencyPage, Membership, Procedure
from catalogue.permissions import Permission, agencies_for, has_permission, roles_with


class AgencyScopedPermissionPolicy(BasePermissionPolicy):
    """Lets a user act on the objects of the agencies at which they hold the permission.

    `needs` names the permission of each action (`view`, `add`, `change`, `delete`); an action it
    does not name is open to nobody. `within` is the lookup from the model to its agency, matched
    against the agencies' field `by`; without it the objects belong to the nation, and holding the
    permission anywhere is enough.
    """

    def __init__(
        self,
        model: type[models.Model],
        *,
        needs: Mapping[str, Permission],
        within: str | None = "agency",
        by: str = "pk",
    ) -> None:
        super().__init__(model)
        self.needs = needs
        self.within = within
        self.by = by

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whether `user` may do `action` to some object."""
        return action in self.needs and has_permission(user, self.needs[action])

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        """Whether `user` may do `action` to `instance`."""
        return self.instances_user_has_permission_for(user, action).filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(
        self, user: Any, actions: Iterable[str]
    ) -> models.QuerySet[Any]:
        """Return the objects to which `user` may do any of `actions`."""
        allowed = Q(pk__in=[])
        for permission in {self.needs[action] for action in actions if action in self.needs}:
            allowed |= self._objects_of(user, permission)
        return self.model._default_manager.filter(allowed)

    def users_with_any_permission(self, actions: Iterable[str]) -> models.QuerySet[Any]:
        """Return the users who may do any of `actions` to some object."""
        roles = {
            role
            for action in actions
            if action in self.needs
            for role in roles_with(self.needs[action])
        }
        members = Membership.objects.active().filter(role__in=roles).values("user")
        users = get_user_model()._default_manager.filter(is_active=True)
        return users.filter(Q(pk__in=members) | Q(is_superuser=True))

    def _objects_of(self, user: Any, permission: Permission) -> Q:
        everything = ~Q(pk__in=[])
        if user.is_active and user.is_superuser:
            return everything
        if self.within is None:
            return everything if has_permission(user, permission) else Q(pk__in=[])
        return Q(**{f"{self.within}__in": agencies_for(user, permission).values(self.by)})


class ProcedurePermissionPolicy(AgencyScopedPermissionPolicy):
    """Rights by the agency under whose page the object's procedure lies."""

    def _objects_of(self, user: Any, permission: Permission) -> Q:
        return Q(procedure__in=procedures_of(user, permission).values("pk"))


def procedures_of(user: Any, permission: Permission) -> models.QuerySet[Procedure]:
    """Return the procedures at whose agencies `user` holds `permission`."""
    if user.is_active and user.is_superuser:
        return Procedure.objects.all()
    pages = AgencyPage.objects.filter(agency__in=agencies_for(user, permission))
    below = Q(pk__in=[])
    for path in pages.values_list("path", flat=True):
        below |= Q(path__startswith=path)
    return Procedure.objects.filter(below)
