"""The page of open data and its downloads."""

import gzip
from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.core.files import File
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogue import clock
from catalogue.enums import OpenDataFormat
from catalogue.interfaces.conditional import takes_gzip, unless_known
from catalogue.interfaces.feeds import asked_agency, asked_field
from catalogue.models import OpenDataFile
from catalogue.open_data import COLUMNS, WRITERS, compressed
from catalogue.permissions import public
from catalogue.selectors.changes import last_sequence
from catalogue.selectors.listing import Narrowing, listing
from catalogue.selectors.open_data import keys_of_open_data, newest_files, versions_by_key

CONTENT_TYPES: Mapping[str, str] = {
    OpenDataFormat.JSONL: "application/jsonl; charset=utf-8",
    OpenDataFormat.CSV: "text/csv; charset=utf-8",
    OpenDataFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
PIECE = 64 * 1024
RETRY_SECONDS = 600


@public
@require_safe
def open_data_page(request: HttpRequest) -> HttpResponse:
    """Say what the open data is, how it may be used, and offer the files."""
    listed = listing()
    context = {
        "files": newest_files(),
        "columns": COLUMNS,
        "total": listed.total(Narrowing()),
        "agencies": sorted(listed.agencies.values(), key=lambda agency: agency.sort_key),
        "day": listed.day,
        "public_url": settings.PUBLIC_URL,
    }
    return render(request, "catalogue/lists/open_data.html", context)


@public
@require_safe
def open_data_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """Give all procedures in force as a prepared file, a part of them as a stream.

    Until the whole is prepared it is not to be had: making it would hold a thread for a minute.
    """
    if form not in OpenDataFormat.values:
        raise Http404(_("There is no such format."))
    agency, field = asked_agency(request), asked_field(request)
    if not agency and not field:
        prepared = next((file for file in newest_files() if file.format == form), None)
        return _prepared(request, prepared) if prepared else _not_yet()
    narrowing = Narrowing(agency=agency.pk if agency else None, field=field.pk if field else None)
    return _streamed(request, form, narrowing)


def _not_yet() -> HttpResponse:
    return HttpResponse(
        _("The file is being made. Please come back in ten minutes."),
        status=503,
        content_type="text/plain; charset=utf-8",
        headers={"Retry-After": str(RETRY_SECONDS)},
    )


def _prepared(request: HttpRequest, prepared: OpenDataFile) -> HttpResponseBase:
    def respond() -> HttpResponseBase:
        file = prepared.file.open("rb")
        if prepared.format == OpenDataFormat.XLSX:
            return _as_download(FileResponse(file), prepared.format, str(prepared))
        if takes_gzip(request):
            return _as_download(FileResponse(file), prepared.format, str(prepared), packed=True)
        response = StreamingHttpResponse(_unpacked(file))
        response["Content-Length"] = str(prepared.size)
        return _as_download(response, prepared.format, str(prepared))

    return unless_known(request, respond, prepared.sha256, weak=True)


def _streamed(request: HttpRequest, form: str, narrowing: Narrowing) -> HttpResponseBase:
    """Return a file made while it is sent; nothing of it is made for who has it already."""
    day = clock.today()
    packed = form != OpenDataFormat.XLSX and takes_gzip(request)
    etag = f"{form}-{last_sequence()}-{day:%Y%m%d}-{narrowing.agency}-{narrowing.field}"

    def respond() -> HttpResponseBase:
        response = StreamingHttpResponse(_pieces(form, narrowing, packed))
        return _as_download(response, form, f"thu-tuc-{day:%Y-%m-%d}.{form}", packed=packed)

    return unless_known(request, respond, etag, weak=True)


def _pieces(form: str, narrowing: Narrowing, packed: bool) -> Iterator[bytes]:
    with translation.override(settings.LANGUAGE_CODE):
        pieces = WRITERS[form](versions_by_key(keys_of_open_data(narrowing)))
        yield from compressed(pieces) if packed else pieces


def _as_download(
    response: HttpResponseBase, form: str, name: str, *, packed: bool = False
) -> HttpResponseBase:
    response["Content-Type"] = CONTENT_TYPES[form]
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    if packed:
        response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _unpacked(file: File[Any]) -> Iterator[bytes]:
    with file, gzip.open(file) as unpacked:
        while piece := unpacked.read(PIECE):
            yield piece
