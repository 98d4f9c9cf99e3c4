"""What the portal adds to Wagtail's admin: its own look."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def admin_stylesheet() -> str:
    """Link the portal's stylesheet of the admin."""
    return format_html('<link rel="stylesheet" href="{}">', static("portal/admin.css"))
