"""The public page of a procedure that is still being written, beside its editor."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from catalogue.documents import DocumentInvalid, compile_document, place_in_words
from catalogue.interfaces.page_context import page_context
from catalogue.models import Procedure
from catalogue.services.decisions import publishing_agency


def preview_procedure(request: HttpRequest, page: Procedure) -> HttpResponse:
    """Show `page` as citizens would see it, or the places that keep it from being published."""
    try:
        document = compile_document(page, publishing_agency(page))
    except DocumentInvalid as error:
        problems = [(place_in_words(place), text) for place, text in error.problems]
        return render(request, "catalogue/preview_refused.html", {"problems": problems})
    return render(request, "catalogue/procedure.html", page_context(lambda: document))
