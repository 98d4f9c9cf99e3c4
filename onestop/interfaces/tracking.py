"""Tracking by code, for anyone: how far a dossier is, and nothing about people."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from catalogue.permissions import public
from formbuilder.numbers import read_submission_number
from onestop.codes import normalise_code
from onestop.papers import InvalidToken
from onestop.selectors.papers import check_paper
from onestop.selectors.tracking import DossierNotFound, track
from onestop.services.code_guesses import KEPT_FOR, may_look_up, record_miss

MAX_CODE_LENGTH = 60


class CodeForm(forms.Form):
    """The one thing asked: a dossier code or a submission number."""

    ma = forms.CharField(
        label=_("Dossier code or submission number"),
        help_text=_("It stands on your receipt or acknowledgement, for example H18-261124-0001."),
        max_length=MAX_CODE_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": _("Enter the code of your dossier.")},
    )

    def clean_ma(self) -> str:
        """Return the code in its stored form, fit for an address."""
        typed = self.cleaned_data["ma"]
        return read_submission_number(typed) or normalise_code(typed).replace("/", "")


@public
@never_cache
@require_GET
def enter_code(request: HttpRequest) -> HttpResponse:
    """Ask for a code, then show its dossier."""
    form = CodeForm(request.GET) if "ma" in request.GET else CodeForm()
    if form.is_bound and form.is_valid() and form.cleaned_data["ma"]:
        return redirect("onestop:track", code=form.cleaned_data["ma"])
    return render(request, "onestop/enter_code.html", {"form": form})


@public
@never_cache
@require_GET
def track_dossier(request: HttpRequest, code: str) -> HttpResponse:
    """Show how far the dossier is; every wrong code gets the same answer, and not for ever."""
    address = request.META["REMOTE_ADDR"]
    if not may_look_up(address):
        refusal = render(request, "onestop/try_later.html", status=429)
        refusal["Retry-After"] = str(int(KEPT_FOR.total_seconds()))
        return refusal
    try:
        tracked = track(code[:MAX_CODE_LENGTH])
    except DossierNotFound:
        record_miss(address=address)
        return render(request, "onestop/not_found.html", {"form": CodeForm()}, status=404)
    return render(request, "onestop/track.html", {"tracked": tracked})


@public
@never_cache
@require_GET
def verify_paper(request: HttpRequest, token: str) -> HttpResponse:
    """Say what the paper with this QR code is, without personal data."""
    try:
        paper = check_paper(token)
    except InvalidToken:
        return render(request, "onestop/paper_unknown.html", status=404)
    return render(request, "onestop/paper.html", {"paper": paper})
