"""The audit trail in the admin: read, filtered, exported, never changed."""

from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, DateFromToRangeFilter
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.permissions import register_permission_policy

from catalogue.interfaces.admin.policy import AgencyScopedPermissionPolicy
from catalogue.interfaces.admin.viewsets import AgencyScopedViewSet, ScopedIndexView
from catalogue.models import AuditEntry
from catalogue.permissions import Permission

register_permission_policy(
    AuditEntry,
    AgencyScopedPermissionPolicy(
        AuditEntry, needs={"view": Permission.VIEW_AUDIT}, within="agency_code", by="code"
    ),
)


class AuditFilterSet(WagtailFilterSet):
    """By day, act and agency."""

    at = DateFromToRangeFilter(label=_("When"), widget=DateRangePickerWidget)
    action = CharFilter(label=_("Act"), lookup_expr="icontains")
    agency_code = CharFilter(label=_("Agency"), lookup_expr="istartswith")

    class Meta:
        model = AuditEntry
        fields = ["at", "action", "agency_code"]


class AuditIndexView(ScopedIndexView):
    """The newest acts first."""

    search_without_accents = ("user_name", "action", "object_id", "note")


class AuditViewSet(AgencyScopedViewSet):
    """What was done at the user's agencies."""

    model = AuditEntry
    name = "audit"
    icon = "history"
    menu_label = _("Audit trail")
    index_view_class = AuditIndexView
    filterset_class = AuditFilterSet
    list_display = ["at", "user_name", "action", "object_type", "object_id", "agency_code"]
    list_export = ["at", "user_id", "user_name", "action", "object_type", "object_id",
                   "agency_code", "before_hash", "after_hash", "note"]  # fmt: skip
    inspect_view_fields = [
        "at",
        "user_name",
        "action",
        "object_type",
        "object_id",
        "agency_code",
        "before_hash",
        "after_hash",
        "note",
    ]
