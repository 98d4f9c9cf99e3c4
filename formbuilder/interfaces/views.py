"""Before and after the pages of a form: where to hand in, open drafts, the confirmation."""

from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from catalogue.documents import lift
from catalogue.models import Agency
from catalogue.permissions import public
from catalogue.printing import qr_svg
from catalogue.text import normalise
from catalogue.wording import fee_summary, time_summary
from formbuilder.interfaces.visitor import remember_device, visitor_of, with_device_key
from formbuilder.interfaces.wizard import CHECK
from formbuilder.models import Draft, FormVersion, Submission
from formbuilder.selectors.acknowledgement import acknowledgement_pdf, tracking_url
from formbuilder.selectors.attachments import attachment_of
from formbuilder.selectors.drafts import (
    Visitor,
    draft_of,
    open_drafts,
    page_to_go_on,
    submitted_drafts,
)
from formbuilder.selectors.forms import compiled_form, form_in_force
from formbuilder.selectors.receiving_places import (
    MOST_FOUND,
    described_place,
    find_receiving_agencies,
    only_receiving_agency,
    receiving_agencies,
)
from formbuilder.services.drafts import DraftClosed, discard_draft, start_draft


class PlaceForm(forms.Form):
    """The choice of the agency among those that the search has found."""

    use_required_attribute = False
    place = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(self, *args: Any, agencies: list[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agencies = agencies
        field = cast("forms.ChoiceField", self.fields["place"])
        field.label = _("Where do you hand it in?")
        field.error_messages["required"] = _("Choose where you hand it in.")
        field.choices = [(agency.code, described_place(agency)) for agency in agencies]
        if len(agencies) == 1:
            field.initial = agencies[0].code


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@public
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Tell what the form needs, find the agency, then start a draft or offer the open one."""
    form_version = form_in_force(code)
    if form_version is None:
        raise Http404
    visitor = visitor_of(request)
    form = _place_form(request, form_version)
    if request.method == "POST" and form.is_valid():
        chosen = Agency.objects.get(code=form.cleaned_data["place"])
        if "new" in request.POST or not _draft_for(visitor, code, chosen):
            return _start_draft(with_device_key(visitor), form_version, chosen)
        messages.warning(
            request,
            _("You have an open form for this place. Go on with it, or press “Start a new form”."),
        )
    return _start_page(request, form_version, visitor, form)


@never_cache
@require_GET
@public
def drafts(request: HttpRequest) -> HttpResponse:
    """List the open and the submitted forms of this account and this device."""
    visitor = visitor_of(request)
    context = {"open": open_drafts(visitor)[:50], "submitted": submitted_drafts(visitor)[:50]}
    return remember_device(render(request, "formbuilder/drafts.html", context), visitor)


@never_cache
@require_GET
@public
def go_on(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Lead to the first page of a draft that is not complete."""
    draft = _draft_or_404(request, draft_id)
    step = page_to_go_on(draft, _language()) or CHECK
    return redirect("formbuilder:page", draft_id=draft.pk, step=step)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@public
def discard(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Ask, then delete an open draft with its files."""
    draft = _draft_or_404(request, draft_id)
    if request.method != "POST":
        return render(request, "formbuilder/discard.html", {"draft": draft})
    try:
        discard_draft(draft=draft, by=visitor_of(request).user)
    except DraftClosed:
        raise Http404 from None
    messages.success(request, _("The form and its files are deleted."))
    return redirect("formbuilder:drafts")


@never_cache
@require_GET
@public
def done(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Confirm a submission: its number, by when the agency answers, how to follow it."""
    submission = _submission_or_404(request, draft_id)
    url = tracking_url(submission)
    context = {
        "submission": submission,
        "document": lift(submission.form_version.procedure_version.document),
        "tracking_url": url,
        # Made by our own QR module out of a number of ours.
        "qr": mark_safe(qr_svg(url)),  # noqa: S308
    }
    return render(request, "formbuilder/done.html", context)


@never_cache
@require_GET
@public
def acknowledgement(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Hand out the acknowledgement as a PDF."""
    pdf = acknowledgement_pdf(_submission_or_404(request, draft_id))
    # The name of a file travels; it holds no number and no name of a person.
    headers = {"Content-Disposition": 'inline; filename="giay-xac-nhan.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@never_cache
@require_GET
@public
def attachment(request: HttpRequest, draft_id: UUID, attachment_id: UUID) -> FileResponse:
    """Hand out a file to the one who sent it, as a download and never as a page of this site."""
    file = attachment_of(_draft_or_404(request, draft_id), attachment_id)
    if file is None:
        raise Http404
    response = FileResponse(file.file.open("rb"), as_attachment=True, filename=file.name)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _place_form(request: HttpRequest, form_version: FormVersion) -> PlaceForm:
    document = lift(form_version.procedure_version.document)
    only = only_receiving_agency(document)
    found = [only] if only else find_receiving_agencies(document, request.GET.get("noi", ""))
    if request.method == "POST":
        code = normalise(request.POST.get("place", ""))
        agencies = list(receiving_agencies(document).filter(code=code[:35]))
        return PlaceForm(request.POST, agencies=agencies or found)
    return PlaceForm(agencies=found)


def _start_page(
    request: HttpRequest, form_version: FormVersion, visitor: Visitor, form: PlaceForm
) -> HttpResponse:
    document = lift(form_version.procedure_version.document)
    compiled = compiled_form(form_version)
    context = {
        "document": document,
        "level": compiled.ui["service_level"],
        "papers": [item for item in compiled.items.values() if item["type"] == "file"],
        "times": time_summary(document),
        "fees": fee_summary(document),
        "form": form,
        "typed": request.GET.get("noi", "")[:80],
        "found": form.agencies,
        "most_found": MOST_FOUND,
        "must_search": only_receiving_agency(document) is None,
        "open_drafts": open_drafts(visitor, document["code"])[:10],
    }
    return render(request, "formbuilder/start.html", context)


def _start_draft(visitor: Visitor, form_version: FormVersion, place: Agency) -> HttpResponse:
    draft = start_draft(
        form_version=form_version,
        place=place,
        by=visitor.user,
        access_key_hash=visitor.key_hash,
    )
    return remember_device(redirect("formbuilder:go_on", draft_id=draft.pk), visitor)


def _draft_for(visitor: Visitor, code: str, place: Agency) -> Draft | None:
    return open_drafts(visitor, code).filter(place=place).first()


def _draft_or_404(request: HttpRequest, draft_id: UUID) -> Draft:
    draft = draft_of(visitor_of(request), draft_id)
    if draft is None:
        raise Http404
    return draft


def _submission_or_404(request: HttpRequest, draft_id: UUID) -> Submission:
    draft = _draft_or_404(request, draft_id)
    submission = (
        Submission.objects.filter(draft=draft)
        .select_related("agency__parent", "form_version__procedure_version", "draft")
        .first()
    )
    if submission is None:
        raise Http404
    return submission


def _language() -> str:
    return (get_language() or "vi")[:2]
