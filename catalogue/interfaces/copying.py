"""The screens on which a procedure is begun as a copy: find the one to copy, then name the new."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue import clock
from catalogue.interfaces.decisions.screen import furniture
from catalogue.models import AgencyPage, ProcedureVersion
from catalogue.permissions import Permission, has_permission, requires
from catalogue.services.copy_procedure import copy_procedure
from catalogue.text import fold, slugify_vi

MOST_FOUND = 20


class FindForm(forms.Form):
    """Which procedure to copy."""

    q = forms.CharField(
        label=gettext_lazy("Code or words of the name"),
        help_text=gettext_lazy(
            "Among the procedures in force of all agencies, for example 1.004873 or “dang ky”."
        ),
    )


class CopyForm(forms.Form):
    """What the copy is called."""

    code = forms.CharField(
        label=gettext_lazy("Code of the new procedure"),
        max_length=40,
        help_text=gettext_lazy("The code it has in the national catalogue, for example 1.004873."),
    )
    name = forms.CharField(
        label=gettext_lazy("Name of the new procedure"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("The official name, for example “Registration of marriage”."),
    )


@requires(Permission.EDIT_PROCEDURES)
def copy(request: HttpRequest, page_id: int) -> HttpResponse:
    """Find the procedure to copy under an agency's page; with `nguon` in the address, copy it."""
    parent = get_object_or_404(AgencyPage.objects.select_related("agency"), pk=page_id)
    if not has_permission(request.user, Permission.EDIT_PROCEDURES, parent.agency):
        raise Http404
    crumb = {"url": reverse("wagtailadmin_explore", args=[parent.pk]), "label": parent.title}
    frame = furniture(_("Copy a procedure"), crumb) | {"parent": parent, "header_icon": "copy"}
    code = request.GET.get("nguon", "").replace("\0", "")
    if not code:
        return _find(request, frame)
    source = get_object_or_404(ProcedureVersion.objects.in_force_on(clock.today()), code=code)
    return _name(request, source, parent, frame)


def _find(request: HttpRequest, frame: dict[str, Any]) -> HttpResponse:
    form = FindForm(request.GET if "q" in request.GET else None)
    found = _found(form.cleaned_data["q"]) if form.is_valid() else None
    return render(
        request, "catalogue/admin/copy_find.html", {**frame, "form": form, "found": found}
    )


def _name(
    request: HttpRequest, source: ProcedureVersion, parent: AgencyPage, frame: dict[str, Any]
) -> HttpResponse:
    form = CopyForm(request.POST or None, initial={"name": source.name})
    if request.method == "POST" and form.is_valid():
        try:
            page = copy_procedure(
                source=source, parent=parent, by=request.user, **form.cleaned_data
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect("wagtailadmin_pages:edit", page.pk)
    context = {**frame, "form": form, "source": source}
    return render(request, "catalogue/admin/copy_name.html", context)


def _in_force() -> QuerySet[ProcedureVersion]:
    versions = ProcedureVersion.objects.in_force_on(clock.today()).select_related("agency")
    return versions.defer("document")


def _found(text: str) -> list[ProcedureVersion]:
    """Return the procedures in force that have this code, or every word of `text` in their name."""
    by_code = list(_in_force().filter(code=fold(text).strip().upper()))
    versions = _in_force()
    for word in slugify_vi(text).split("-"):
        versions = versions.filter(name_slug__contains=word)
    return by_code or list(versions.order_by("sort_key", "code")[:MOST_FOUND])


app_name = "catalogue_copying"
urlpatterns = [path("<int:page_id>/", copy, name="copy")]
