"""The read API of the portal, at `/api/v1/`."""

from ninja import NinjaAPI

from catalogue.interfaces.api import router as procedures
from formbuilder.interfaces.api import router as forms
from search.interfaces.api import router as search

api = NinjaAPI(
    title="Một Cửa",
    version="1",
    description="Procedures in force, search, and the forms made from them. Read only.",
    urls_namespace="api-1",
    docs_url=None,
)
api.add_router("", procedures)
api.add_router("", forms)
api.add_router("", search)
