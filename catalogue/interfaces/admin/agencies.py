"""Agencies in the admin: the tree as it is; agencies change by import."""

from django.db import models
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.permissions import register_permission_policy

from catalogue.interfaces.admin.policy import AgencyScopedPermissionPolicy
from catalogue.interfaces.admin.viewsets import AgencyScopedViewSet, ScopedIndexView
from catalogue.models import Agency
from catalogue.permissions import Permission

register_permission_policy(
    Agency,
    AgencyScopedPermissionPolicy(Agency, needs={"view": Permission.MANAGE_MEMBERS}, within="pk"),
)


def indented_name(agency: Agency) -> SafeString:
    """Return the agency's name, moved right by its depth in the tree."""
    depth = agency.path.count("/") - 2
    return format_html("{}{}", "\u2003" * depth, agency.name)


class AgencyIndexView(ScopedIndexView):
    """The tree, each agency under its parent and indented by its depth."""

    search_without_accents = ("name", "name_en", "code", "place_code")

    @cached_property
    def columns(self) -> list[Column]:
        """Return the indented name, then the rest."""
        name = self.title_column(indented_name, label=_("Name"), sort_key="path")
        return [name, *super().columns[1:]]

    def get_base_queryset(self) -> models.QuerySet[Agency]:
        """Return the agencies with their parents."""
        return super().get_base_queryset().select_related("parent")


class AgencyViewSet(AgencyScopedViewSet):
    """The agencies that the user administers."""

    model = Agency
    name = "agencies"
    icon = "site"
    menu_label = _("Agencies")
    index_view_class = AgencyIndexView
    ordering = "path"
    list_display = [
        "name",
        "code",
        Column("parent", label=_("Under"), accessor="parent.name"),
        "kind",
        "level",
        "valid_to",
    ]
    list_filter = ["level", "kind", "code_status"]
    inspect_view_fields = [
        "name",
        "name_en",
        "code",
        "code_status",
        "kind",
        "level",
        "parent",
        "place_code",
        "valid_from",
        "valid_to",
        "successor",
    ]
