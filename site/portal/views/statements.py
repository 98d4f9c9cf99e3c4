"""Standing statements that every page links to from its foot."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from catalogue.permissions import public


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say how the pages can be used by everyone and whom to tell about a barrier."""
    return render(request, "portal/accessibility.html")


@public
def privacy(request: HttpRequest) -> HttpResponse:
    """Say which personal data is kept, why, and what a person may ask."""
    return render(request, "portal/privacy.html")
