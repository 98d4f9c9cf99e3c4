"""What the catalogue adds to Wagtail's admin."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page

from catalogue.interfaces.admin import CHOOSERS, VIEWSETS
from catalogue.models import AgencyPage, Procedure
from catalogue.permissions import Permission, has_permission


class _DecisionsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return has_permission(request.user, Permission.SEE_DECISIONS)


class _LagsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return has_permission(request.user, Permission.SEE_ENTRY_LAGS)


@hooks.register("register_admin_viewset")
def admin_viewsets() -> list:
    """Show what the user's agencies have, and what editing screens choose from."""
    return [*VIEWSETS, *CHOOSERS]


@hooks.register("register_admin_urls")
def decision_urls() -> list:
    """Mount the decision screens, and those that tell what would change."""
    return [
        path("quyet-dinh/", include("catalogue.interfaces.decisions.urls")),
        path("", include("catalogue.interfaces.changes")),
        path("sao-chep/", include("catalogue.interfaces.copying")),
    ]


@hooks.register("register_page_header_buttons")
def unpublished_changes_button(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Lead from the editor of a procedure to what its editors changed since it was published."""
    if page.specific_class is Procedure:
        address = reverse("catalogue_changes:unpublished", args=[page.pk])
        yield Button(_("What changes"), url=address, icon_name="history", priority=12)


@hooks.register("register_page_header_buttons")
def copy_procedure_button(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Lead from the page of an agency to beginning a procedure as a copy."""
    if page.specific_class is AgencyPage and page.permissions_for_user(user).can_add_subpage():
        address = reverse("catalogue_copying:copy", args=[page.pk])
        yield Button(_("Copy a procedure"), url=address, icon_name="copy", priority=11)


@hooks.register("register_admin_menu_item")
def decisions_menu_item() -> MenuItem:
    """Show the decisions in the menu of those who prepare or approve them."""
    return _DecisionsMenuItem(
        _("Publication decisions"),
        reverse("catalogue_decisions:list"),
        icon_name="clipboard-list",
        order=150,
    )


@hooks.register("register_admin_menu_item")
def entry_lags_menu_item() -> MenuItem:
    """Show how soon decisions are entered to those who answer for it or watch it."""
    return _LagsMenuItem(
        _("From signing to entry"),
        reverse("catalogue_decisions:lags"),
        icon_name="time",
        order=155,
    )
