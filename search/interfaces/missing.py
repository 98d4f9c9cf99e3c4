"""“Tell us what you looked for”: readers who found nothing say what it was."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from catalogue.permissions import public
from search.query import MAX_CHARS, clean
from search.services.missing_answers import LONGEST_NOTE, MISSING_REPORTS, report_missing


class MissingForm(forms.Form):
    """What was searched in vain, and in the reader's own words what it was about."""

    query = forms.CharField(
        label=gettext_lazy("What you typed"),
        max_length=MAX_CHARS,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    note = forms.CharField(
        label=gettext_lazy("What did you want to do?"),
        help_text=gettext_lazy(
            "One sentence is enough. Give no personal data of yours or others; numbers of identity "
            "cards and telephones are taken out."
        ),
        required=False,
        # Counted by the service: a browser sends two characters for the end of a line.
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_NOTE}),
    )
    # People never see it; programs that fill in every field do.
    website = forms.CharField(required=False)

    def send(self, address: str) -> bool:
        """Keep it for the client at the IP `address`, or say why not."""
        if MISSING_REPORTS.is_reached(address):
            self.add_error(None, _("Many messages came from your network. Try again in an hour."))
            return False
        given = self.cleaned_data
        if given["website"]:
            return True
        try:
            report_missing(query=given["query"], note=given["note"])
        except ValidationError as refusal:
            self.add_error(None, refusal)
            return False
        MISSING_REPORTS.record(address)
        return True


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def missing(request: HttpRequest) -> HttpResponse:
    """Take what a reader did not find; what was typed is never lost."""
    asked = {"query": clean(request.GET.get("q", ""))}
    form = MissingForm(request.POST or None, initial=asked)
    if form.is_valid() and form.send(request.META["REMOTE_ADDR"]):
        return redirect("search:missing_sent")
    status = 429 if form.non_field_errors() else 200
    return render(request, "search/missing.html", {"form": form}, status=status)


@public
@require_safe
def missing_sent(request: HttpRequest) -> HttpResponse:
    """Thank the reader and say what happens next."""
    return render(request, "search/missing_sent.html")
