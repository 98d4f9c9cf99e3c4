"""What the catalogue adds to Wagtail's admin."""

from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from catalogue.interfaces.admin import CHOOSERS, VIEWSETS
from catalogue.permissions import Permission, has_permission


class _DecisionsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return has_permission(request.user, Permission.SEE_DECISIONS)


@hooks.register("register_admin_viewset")
def admin_viewsets() -> list:
    """Show what the user's agencies have, and what editing screens choose from."""
    return [*VIEWSETS, *CHOOSERS]


@hooks.register("register_admin_urls")
def decision_urls() -> list:
    """Mount the decision screens."""
    return [path("quyet-dinh/", include("catalogue.interfaces.decisions.urls"))]


@hooks.register("register_admin_menu_item")
def decisions_menu_item() -> MenuItem:
    """Show the decisions in the menu of those who prepare or approve them."""
    return _DecisionsMenuItem(
        _("Publication decisions"),
        reverse("catalogue_decisions:list"),
        icon_name="clipboard-list",
        order=150,
    )
