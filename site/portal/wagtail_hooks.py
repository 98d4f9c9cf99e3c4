"""What the portal adds to Wagtail's admin and takes away: its look, what only operators open."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem


@hooks.register("insert_global_admin_css")
def admin_stylesheet() -> str:
    """Link the portal's stylesheet of the admin."""
    return format_html('<link rel="stylesheet" href="{}">', static("portal/admin.css"))


@hooks.register("construct_reports_menu")
def hide_what_only_operators_open(request: HttpRequest, items: list[MenuItem]) -> None:
    """Take the report out of the menu that names pages of every agency (`portal.access`)."""
    if not request.user.is_superuser:
        items[:] = [item for item in items if item.name != "page-types-usage"]
