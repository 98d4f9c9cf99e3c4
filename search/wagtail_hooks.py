"""What search adds to Wagtail's admin."""

from django.http import HttpRequest
from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from catalogue.permissions import Permission, has_permission
from search.interfaces.admin import VIEWSETS


class _EditorsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return has_permission(request.user, Permission.EDIT_SEARCH)


@hooks.register("register_admin_viewset")
def admin_viewsets() -> list:
    """Show the words and answers that the user's agencies answer for."""
    return list(VIEWSETS)


@hooks.register("register_admin_urls")
def editors_urls() -> list:
    """Mount the editors' page and the test box."""
    return [path("tim-kiem/", include("search.interfaces.admin.overview"))]


@hooks.register("register_admin_menu_item")
def search_menu_item() -> MenuItem:
    """Show the screens of search to its editors."""
    items: list[MenuItem] = [
        _EditorsMenuItem(
            _("What readers miss"), reverse_lazy("search_admin:overview"), icon_name="search",
            order=10,
        ),
        _EditorsMenuItem(
            _("Try a query"), reverse_lazy("search_admin:try"), icon_name="view", order=20
        ),
        *(viewset.get_menu_item(order=viewset.menu_order) for viewset in VIEWSETS),
    ]  # fmt: skip
    return SubmenuMenuItem(_("Readers’ search"), Menu(items=items), icon_name="search", order=160)
