"""“Báo thông tin sai”: a reader says what is wrong on the page of a procedure."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from catalogue.enums import ReportedPart
from catalogue.interfaces.views import resolved_or_404
from catalogue.models import ProcedureVersion
from catalogue.permissions import public
from catalogue.services.content_reports import (
    LONGEST_CONTACT,
    LONGEST_MESSAGE,
    report_content,
)
from catalogue.services.network_limits import NetworkLimit

# An office that checks a whole list finds a handful of mistakes in an hour; a machine finds more.
REPORTS = NetworkLimit("catalogue.content_reports", places=10, kept_for=timedelta(hours=1))


class ReportForm(forms.Form):
    """The part of the page, what is wrong there, and how to reach the reader."""

    part = forms.ChoiceField(
        label=gettext_lazy("Where is the mistake?"),
        choices=ReportedPart.choices,
        widget=forms.RadioSelect,
    )
    message = forms.CharField(
        label=gettext_lazy("What is wrong?"),
        help_text=gettext_lazy(
            "Say what stands there and what should. Give no personal data of yours or others."
        ),
        # Counted by the service: a browser sends two characters for the end of a line.
        widget=forms.Textarea(attrs={"rows": 6, "maxlength": LONGEST_MESSAGE}),
    )
    contact = forms.CharField(
        label=gettext_lazy("Telephone number or e-mail address"),
        help_text=gettext_lazy("Only if the agency may ask you back. Nobody else sees it."),
        max_length=LONGEST_CONTACT,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    # People never see it; programs that fill in every field do.
    website = forms.CharField(required=False)

    def send(self, version: ProcedureVersion, address: str) -> bool:
        """Report the content of `version` for the client at the IP `address`, or say why not."""
        if REPORTS.is_reached(address):
            self.add_error(None, _("Many reports came from your network. Try again in an hour."))
            return False
        given: dict[str, Any] = self.cleaned_data
        if given["website"]:
            return True
        try:
            report_content(
                version=version,
                part=ReportedPart(given["part"]),
                message=given["message"],
                contact=given["contact"],
            )
        except ValidationError as refusal:
            self.add_error("message", refusal)
            return False
        REPORTS.record(address)
        return True


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, code: str) -> HttpResponse:
    """Take a report of wrong information on procedure `code`; what was typed is never lost."""
    version = resolved_or_404(code).version
    form = ReportForm(request.POST or None)
    if form.is_valid() and form.send(version, request.META["REMOTE_ADDR"]):
        return redirect("catalogue:report_sent", code=code)
    context = {"form": form, "version": version}
    status = 429 if form.non_field_errors() else 200
    return render(request, "catalogue/report.html", context, status=status)


@public
@require_safe
def report_sent(request: HttpRequest, code: str) -> HttpResponse:
    """Thank the reader and say what happens next."""
    version = resolved_or_404(code).version
    return render(request, "catalogue/report_sent.html", {"version": version})
