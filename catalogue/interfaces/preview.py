"""The public page of a procedure that is still being written, beside its editor."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from catalogue.documents import DocumentInvalid, compile_document
from catalogue.interfaces.page_context import page_context
from catalogue.models import Procedure
from catalogue.services.decisions import publishing_agency


def preview_procedure(request: HttpRequest, page: Procedure) -> HttpResponse:
    """Show `page` as citizens would see it, or the places that keep it from being published."""
    try:
        document = compile_document(page, publishing_agency(page))
    except DocumentInvalid as error:
        return render(request, "catalogue/preview_refused.html", {"problems": error.problems})
    return render(request, "catalogue/procedure.html", page_context(document))
