"""The page of the addresses, from the URL configuration and the description of the API."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation
from ninja.openapi.schema import OpenAPISchema

from portal.access import access_rule
from portal.api import api
from portal.documentation.markdown import code, first_sentence, page, table

INTRODUCTION = (
    "Addresses are printed on paper, kept in bookmarks and called by other systems. Changing one"
    " is a breaking change: it needs a redirect and a line in the changelog. Vietnamese pages lie"
    " at `/`, the same pages in English under `/en/`. “Rule” is the permission that a view asks"
    " for; “public” views need none, or are guarded by a secret. Views of libraries are not listed"
    " here; `site/portal/access.py` holds their rules: log-in and account pages under"
    " `/tai-khoan/`, the administration under `/quan-tri/`, published documents under `/tep/`."
)
OURS = ("catalogue", "formbuilder", "onestop", "plugins", "portal", "search")
ADMIN = "quan-tri/"
API_PREFIX = "/api/v1/"


def addresses_page() -> str:
    """Return the page: pages with their rules, then the routes of the read API."""
    # The prefix of a language belongs to the active one; Vietnamese pages have none.
    with translation.override(settings.LANGUAGE_CODE):
        pages = sorted(set(_views(get_resolver().url_patterns)))
    return page(
        "Addresses",
        INTRODUCTION,
        "## Pages",
        table(("address", "rule", "what it does"), pages),
        "## Read API",
        f"Open to everyone; nothing is stored. `{API_PREFIX}openapi.json` describes it in OpenAPI.",
        table(("method", "address", "parameters", "what it does"), _operations()),
    )


def _views(
    patterns: list[URLPattern | URLResolver], prefix: str = ""
) -> Iterator[tuple[str, str, str]]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _views(pattern.url_patterns, route)
            continue
        view: Any = pattern.callback
        if view.__module__.partition(".")[0] in OURS and not route.startswith((ADMIN, "api/")):
            known = getattr(view, "view_class", view)
            yield code(f"/{route}"), str(access_rule(view, route)), first_sentence(known.__doc__)


def _operations() -> Iterator[tuple[str, str, str, str]]:
    schema = OpenAPISchema(api, API_PREFIX)
    for path, methods in sorted(schema["paths"].items()):
        for method, operation in methods.items():
            parameters = operation.get("parameters", [])
            names = ", ".join(code(each["name"]) for each in parameters if each["in"] == "query")
            said = first_sentence(operation.get("description")) or operation["summary"]
            yield method.upper(), code(path), names, said
