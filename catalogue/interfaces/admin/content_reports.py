"""Reports of wrong information in the admin: the editors of the agency read and answer them."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.permissions import register_permission_policy

from catalogue.enums import ReportState
from catalogue.interfaces.admin.policy import AgencyScopedPermissionPolicy
from catalogue.interfaces.admin.viewsets import (
    AgencyScopedViewSet,
    ScopedIndexView,
    ServiceFormMixin,
)
from catalogue.models import ContentReport
from catalogue.permissions import Permission
from catalogue.services.content_reports import answer_report

register_permission_policy(
    ContentReport,
    AgencyScopedPermissionPolicy(
        ContentReport, needs=dict.fromkeys(("view", "change"), Permission.EDIT_PROCEDURES)
    ),
)


class AnswerForm(forms.ModelForm):
    """What came of a report; what the reader wrote stays as it is."""

    class Meta:
        model = ContentReport
        fields = ["state", "answer"]
        widgets = {"answer": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["answer"].help_text = self.instance.message

    def save(self, commit: bool = True) -> ContentReport:
        """Answer through the service."""
        return answer_report(
            report=self.instance,
            state=ReportState(self.cleaned_data["state"]),
            answer=self.cleaned_data["answer"],
            by=self.by,
        )


class ContentReportIndexView(ScopedIndexView):
    """The reports of the user's agencies, the newest first."""

    search_without_accents = ("version__code", "version__name", "message")
    default_ordering = "-created_at"

    def get_base_queryset(self) -> models.QuerySet[ContentReport]:
        """Return the reports with the versions that they are about."""
        reports = super().get_base_queryset().select_related("version", "agency")
        return reports.defer("version__document")


class ContentReportEditView(ServiceFormMixin, generic.EditView):
    """A report answered."""


class ContentReportViewSet(AgencyScopedViewSet):
    """What readers found wrong on the pages of procedures."""

    model = ContentReport
    name = "content_reports"
    icon = "warning"
    menu_label = _("Reported mistakes")
    shown = AgencyScopedViewSet.shown | {"edit"}
    index_view_class = ContentReportIndexView
    edit_view_class = ContentReportEditView
    list_display = [
        "version",
        Column("part", label=_("part of the page"), accessor="get_part_display"),
        Column("state", label=_("state"), accessor="get_state_display"),
        "created_at",
        "agency",
    ]
    list_filter = ["state", "part"]
    inspect_view_fields = ["version", "part", "message", "contact", "created_at", "state",
                           "answer", "handled_by", "handled_at"]  # fmt: skip

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        """Return the form that answers through the service."""
        return AnswerForm
