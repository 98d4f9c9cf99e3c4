"""The read API of the portal, at `/api/v1/`."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from catalogue.interfaces.api import router as procedures
from catalogue.interfaces.conditional import open_to_other_sites, with_etag
from formbuilder.interfaces.api import router as forms
from search.interfaces.api import router as search


class ReadApi(NinjaAPI):
    """The API: whoever has an answer already is told so, and scripts of any site may read."""

    def create_response(self, request: HttpRequest, data: Any, **kwargs: Any) -> HttpResponse:
        """Return the answer with its ETag, or 304; a refusal and an answer to a POST have none."""
        response = super().create_response(request, data, **kwargs)
        if request.method in ("GET", "HEAD") and response.status_code == HTTPStatus.OK:
            return with_etag(request, response.content, self.get_content_type())
        open_to_other_sites(response)
        return response


api = ReadApi(
    title="Một Cửa",
    version="1",
    description="Procedures in force, search, and the forms made from them. Read only.",
    urls_namespace="api-1",
    docs_url=None,
)
api.add_router("", procedures)
api.add_router("", forms)
api.add_router("", search)
