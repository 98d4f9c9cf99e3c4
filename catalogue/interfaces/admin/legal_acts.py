"""Legal acts in the admin: one list for all agencies, each entry changed by those who keep it."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.db import models
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.widgets import AdminDateInput
from wagtail.permissions import register_permission_policy

from catalogue.interfaces.admin.policy import AgencyScopedPermissionPolicy
from catalogue.interfaces.admin.viewsets import (
    AgencyScopedViewSet,
    ScopedIndexView,
    ServiceFormMixin,
)
from catalogue.models import LegalAct
from catalogue.permissions import Permission, agencies_for, has_permission
from catalogue.selectors.legal_acts import with_uses
from catalogue.services.legal_acts import store_act
from catalogue.services.procedures import publishing_agencies


class LegalActPolicy(AgencyScopedPermissionPolicy):
    """Every editor sees and names every act; those of the agency that keeps it change it."""

    def instances_user_has_any_permission_for(
        self, user: Any, actions: Iterable[str]
    ) -> models.QuerySet[Any]:
        """Return all acts where seeing is enough, else those that the user's agencies keep."""
        if "view" in actions and has_permission(user, self.needs["view"]):
            return self.model._default_manager.all()
        return super().instances_user_has_any_permission_for(user, actions)


register_permission_policy(
    LegalAct,
    LegalActPolicy(
        LegalAct, needs=dict.fromkeys(("view", "add", "change"), Permission.EDIT_PROCEDURES)
    ),
)


class LegalActForm(forms.ModelForm):
    """The words of an act and who keeps the entry."""

    class Meta:
        model = LegalAct
        fields = ["number", "title", "issued_on", "issuer", "agency"]
        widgets = {"issued_on": AdminDateInput, "title": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        keepers = agencies_for(by, Permission.EDIT_PROCEDURES) & publishing_agencies()
        agency = cast("forms.ModelChoiceField", self.fields["agency"])
        agency.queryset = keepers.order_by("path")
        agency.initial = agency.queryset.first()

    def save(self, commit: bool = True) -> LegalAct:
        """Store the act through its service."""
        return store_act(act=self.instance, by=self.by)


class LegalActIndexView(ScopedIndexView):
    """All acts, by number."""

    search_without_accents = ("number", "title", "issuer")

    def get_base_queryset(self) -> models.QuerySet[LegalAct]:
        """Return the acts with the agencies that keep them and the number of their uses."""
        return with_uses(super().get_base_queryset().select_related("agency"))

    @cached_property
    def keepers(self) -> frozenset[int]:
        """The agencies whose acts the user may change, asked once for all rows."""
        agencies = agencies_for(self.request.user, Permission.EDIT_PROCEDURES)
        return frozenset(agencies.values_list("pk", flat=True))

    def get_edit_url(self, instance: LegalAct) -> str | None:
        """Return where the act is changed, None for an act that another agency keeps."""
        return super().get_edit_url(instance) if instance.agency_id in self.keepers else None


class LegalActCreateView(ServiceFormMixin, generic.CreateView):
    """A new act."""


class LegalActEditView(ServiceFormMixin, generic.EditView):
    """An act changed: texts that are being written follow, what was published stays."""

    def get_object(self, queryset: Any = None) -> LegalAct:
        """Return the act; raises 404 before anything is typed where another agency keeps it."""
        act: LegalAct = super().get_object(queryset)
        if not self.user_has_permission_for_instance("change", act):
            raise Http404
        return act


class LegalActInspectView(generic.InspectView):
    """An act as everyone who edits sees it."""

    def get_edit_url(self) -> str | None:
        """Return where the act is changed, None for an act that another agency keeps."""
        allowed = self.permission_policy.user_has_permission_for_instance(
            self.request.user, "change", self.object
        )
        return super().get_edit_url() if allowed else None


class LegalActViewSet(AgencyScopedViewSet):
    """The acts on which procedures stand."""

    model = LegalAct
    name = "legal_acts"
    icon = "doc-full-inverse"
    menu_label = _("Legal acts")
    shown = AgencyScopedViewSet.shown | {"add", "edit"}
    index_view_class = LegalActIndexView
    add_view_class = LegalActCreateView
    edit_view_class = LegalActEditView
    inspect_view_class = LegalActInspectView
    ordering = "sort_key"
    list_display = [
        "number",
        "title",
        "issued_on",
        "issuer",
        "agency",
        Column("uses", label=_("Procedures that name it")),
    ]
    list_filter = ["issued_on"]
    inspect_view_fields = ["number", "title", "issued_on", "issuer", "agency"]

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        """Return the form that saves through the service."""
        return LegalActForm
