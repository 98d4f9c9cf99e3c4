"""Rules of law in the admin."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.views import generic
from wagtail.permissions import register_permission_policy

from catalogue.interfaces.admin.policy import AgencyScopedPermissionPolicy
from catalogue.interfaces.admin.viewsets import (
    AgencyScopedViewSet,
    ScopedIndexView,
    ServiceFormMixin,
)
from catalogue.models import Rule
from catalogue.permissions import Permission
from catalogue.services.edit_rule import edit_rule

register_permission_policy(
    Rule,
    AgencyScopedPermissionPolicy(
        Rule,
        needs=dict.fromkeys(("view", "add", "change"), Permission.MANAGE_RULES),
        within=None,
    ),
)


class RuleForm(forms.ModelForm):
    """A value of a rule, its time and its article."""

    class Meta:
        model = Rule
        fields = ["key", "value", "unit", "valid_from", "valid_to", "article", "text_seen",
                  "label", "label_en"]  # fmt: skip

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def save(self, commit: bool = True) -> Rule:
        """Store the rule through its service."""
        return edit_rule(rule=self.instance, by=self.by)


class RuleIndexView(ScopedIndexView):
    """All rules, by key."""

    search_without_accents = ("key", "label", "label_en", "article")


class RuleCreateView(ServiceFormMixin, generic.CreateView):
    """A new rule, or a new time of one."""


class RuleEditView(ServiceFormMixin, generic.EditView):
    """A rule changed by hand."""


class RuleViewSet(AgencyScopedViewSet):
    """The dated rules; a row whose text nobody read says so."""

    model = Rule
    name = "rules"
    icon = "list-ol"
    menu_label = _("Rules of law")
    shown = AgencyScopedViewSet.shown | {"add", "edit"}
    index_view_class = RuleIndexView
    add_view_class = RuleCreateView
    edit_view_class = RuleEditView
    ordering = "key"
    list_display = [
        "key",
        "value",
        "unit",
        "valid_from",
        "valid_to",
        "article",
        BooleanColumn("text_seen", label=_("text seen")),
        BooleanColumn("edited", label=_("edited here")),
    ]
    list_filter = ["text_seen", "edited"]
    inspect_view_fields = ["key", "label", "value", "unit", "valid_from", "valid_to", "article",
                           "text_seen", "edited"]  # fmt: skip

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        """Return the form that saves through the service."""
        return RuleForm
