"""Doubts of imports in the admin: what editors have still to look at, and the way there."""

import re
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from django_filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, TitleColumn
from wagtail.permissions import register_permission_policy

from catalogue.documents import place_in_words
from catalogue.interfaces.admin.policy import ProcedurePermissionPolicy
from catalogue.interfaces.admin.viewsets import AgencyScopedViewSet, ScopedIndexView
from catalogue.keys import PART_FIELDS
from catalogue.models import ImportDoubt
from catalogue.permissions import Permission, requires
from catalogue.services.settle_doubts import settle_doubts

POLICY = ProcedurePermissionPolicy(ImportDoubt, needs={"view": Permission.EDIT_PROCEDURES})
register_permission_policy(ImportDoubt, POLICY)


class ImportDoubtFilterSet(WagtailFilterSet):
    """Open ones, unless those that were settled are asked for."""

    state = ChoiceFilter(
        label=_("State"),
        choices=[("settled", _("Looked at"))],
        empty_label=_("To look at"),
        method="in_state",
    )

    class Meta:
        model = ImportDoubt
        fields: ClassVar[list[str]] = ["state"]

    def in_state(self, queryset: Any, _name: str, _value: str) -> Any:
        """Return `queryset`: the list itself knows which state is asked for."""
        return queryset


class SettleColumn(BaseColumn):
    """A box for each doubt that is open; the form that sends them stands above the list."""

    cell_template_name = "catalogue/admin/doubt_box.html"


def place_of(doubt: ImportDoubt) -> str:
    """Return where the doubt is, in words: its part, and the number of the one it names by key."""
    name, _slash, key = doubt.place.partition("/")
    if not key or name not in PART_FIELDS:
        return place_in_words(name)
    keys = [part["value"]["key"] for part in getattr(doubt.procedure, name).raw_data]
    return place_in_words(f"{name}/{keys.index(key)}" if key in keys else name)


def editor_of(doubt: ImportDoubt) -> str:
    """Return the address of the editing form of the doubt's procedure."""
    return reverse("wagtailadmin_pages:edit", args=[doubt.procedure_id])


class ImportDoubtIndexView(ScopedIndexView):
    """The doubts by procedure."""

    search_without_accents = ("procedure__code", "procedure__name", "rule", "text")
    template_name = "catalogue/admin/doubts.html"

    @property
    def columns(self) -> list[BaseColumn]:
        """Return the box, the procedure and what is doubtful in it."""
        return [
            SettleColumn("settle", label=_("Choose")),
            TitleColumn(
                "procedure", label=_("Procedure"), accessor="procedure.code", get_url=editor_of
            ),
            Column("name", label=_("Name"), accessor="procedure.title"),
            Column("place", label=_("Place"), accessor=place_of),
            Column("rule", label=_("Rule")),
            Column("text", label=_("What it says")),
            DateColumn("created_at", label=_("Found on")),
            Column("settled_by", label=_("Looked at by")),
        ]

    def get_base_queryset(self) -> Any:
        """Return the doubts in the state that is asked for, with their procedures."""
        settled = self.request.GET.get("state") == "settled"
        doubts = super().get_base_queryset().filter(settled_at__isnull=not settled)
        return doubts.select_related("procedure", "settled_by")


class ImportDoubtViewSet(AgencyScopedViewSet):
    """What imports could not tell for sure in the procedures of the user's agencies."""

    model = ImportDoubt
    name = "import_doubts"
    icon = "warning"
    menu_label = _("Doubts of imports")
    shown = frozenset({"index", "index_results"})
    index_view_class = ImportDoubtIndexView
    filterset_class = ImportDoubtFilterSet
    ordering = ("procedure__code", "pk")

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add where chosen doubts are settled."""
        return [*super().get_urlpatterns(), path("settle/", settle, name="settle")]


@requires(Permission.EDIT_PROCEDURES)
@require_POST
def settle(request: HttpRequest) -> HttpResponse:
    """Settle the chosen doubts; those of other agencies are none."""
    # Longer numbers are no keys, and a database refuses to look for them.
    chosen = [pk for pk in request.POST.getlist("doubt") if re.fullmatch(r"[0-9]{1,18}", pk)]
    seen = POLICY.instances_user_has_any_permission_for(request.user, ["view"])
    count = settle_doubts(doubts=seen.filter(pk__in=chosen), by=request.user)
    messages.success(
        request, ngettext("%d doubt is settled.", "%d doubts are settled.", count) % count
    )
    return redirect("import_doubts:index")
