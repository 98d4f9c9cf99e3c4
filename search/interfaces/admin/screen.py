"""The frame around the screens of search."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _


def frame(title: str, *crumbs: dict[str, str]) -> dict[str, Any]:
    """Return the title of a screen and the way to it."""
    home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
    return {
        "header_title": title,
        "page_title": title,
        "header_icon": "search",
        "breadcrumbs_items": [home, *crumbs, {"url": "", "label": title}],
    }


def overview_crumb() -> dict[str, str]:
    """Return the way to the overview."""
    return {"url": reverse("search_admin:overview"), "label": _("Readers’ search")}
