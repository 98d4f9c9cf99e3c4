"""Former codes in the admin: the editors of an agency say where an old code leads."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.permissions import register_permission_policy

from catalogue.interfaces.admin.policy import ProcedurePermissionPolicy, procedures_of
from catalogue.interfaces.admin.viewsets import (
    AgencyScopedViewSet,
    ScopedIndexView,
    ServiceFormMixin,
)
from catalogue.models import FormerCode, Procedure
from catalogue.permissions import Permission
from catalogue.services.former_codes import add_former_code, remove_former_code

register_permission_policy(
    FormerCode,
    ProcedurePermissionPolicy(
        FormerCode, needs=dict.fromkeys(("view", "add", "delete"), Permission.EDIT_PROCEDURES)
    ),
)


class FormerCodeForm(forms.ModelForm):
    """An old code and the code of the procedure that it leads to."""

    current = forms.CharField(
        label=_("code of the procedure"), help_text=_("Where the former code leads.")
    )

    class Meta:
        model = FormerCode
        fields = ["code"]

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_current(self) -> Procedure:
        """Return the procedure, one of the user's agencies."""
        found = procedures_of(self.by, Permission.EDIT_PROCEDURES).filter(
            code=self.cleaned_data["current"].strip()
        )
        procedure = found.first()
        if procedure is None:
            raise forms.ValidationError(_("Your agency publishes no procedure with this code."))
        return procedure

    def save(self, commit: bool = True) -> FormerCode:
        """Add the code through the service."""
        return add_former_code(
            code=self.cleaned_data["code"], procedure=self.cleaned_data["current"], by=self.by
        )


class FormerCodeIndexView(ScopedIndexView):
    """The former codes of the user's agencies."""

    search_without_accents = ("code", "procedure__code", "procedure__name")

    def get_base_queryset(self) -> models.QuerySet[FormerCode]:
        """Return the codes with their procedures."""
        return super().get_base_queryset().select_related("procedure")


class FormerCodeCreateView(ServiceFormMixin, generic.CreateView):
    """A former code added."""


class FormerCodeDeleteView(generic.DeleteView):
    """A former code that leads nowhere again."""

    def delete_action(self) -> None:
        """Remove the code through the service."""
        remove_former_code(former=self.object, by=self.request.user)


class FormerCodeViewSet(AgencyScopedViewSet):
    """Codes that procedures had before."""

    model = FormerCode
    name = "former_codes"
    icon = "redirect"
    menu_label = _("Former codes")
    shown = AgencyScopedViewSet.shown | {"add", "delete"}
    index_view_class = FormerCodeIndexView
    add_view_class = FormerCodeCreateView
    delete_view_class = FormerCodeDeleteView
    ordering = "code"
    list_display = ["code", Column("procedure", label=_("procedure"), accessor="procedure.code")]
    inspect_view_fields = ["code", "procedure"]

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        """Return the form that saves through the service."""
        return FormerCodeForm
