"""Search in the read API; the portal mounts the router under `/api/v1`."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Literal

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import override
from ninja import Query, Router, Schema
from ninja.errors import HttpError
from pydantic import Field

from search.engines import IndexUnusableError
from search.interfaces.limits import SEARCHES, SUGGESTIONS, SteppedLimit
from search.interfaces.parameters import ORDER_OF_SORT, read_filters
from search.query import MAX_RESULTS, MAX_SIZE
from search.selectors import SearchItem, SearchPage, search_procedures
from search.selectors.suggestions import Suggestion, suggest

router = Router(tags=["search"])


class ValueCount(Schema):
    """A value of a facet and how many procedures have it."""

    value: str
    count: int


class Item(Schema):
    """A procedure found; `level` is the nearest to a citizen, `levels` are all.

    Those that differ only by level have the same `family` and follow each other, the nearest first.
    """

    code: str
    name: str
    family: str
    level: str | None
    levels: list[str]
    agency: str | None
    field: str | None
    channels: list[str]
    online_level: str | None


class Answer(Schema):
    """One page of an answer; `facets` are counted without their own filter."""

    total: int
    items: list[Item]
    facets: dict[str, list[ValueCount]]
    did_you_mean: str | None


class Narrowing(Schema):
    """Values by which an answer is narrowed; repeated, any of them is accepted."""

    field: list[str] = []
    agency: list[str] = []
    level: list[str] = []
    audience: list[str] = []
    online: list[str] = []
    fee: list[str] = []
    channel: list[str] = []
    province: list[str] = []


class Suggested(Schema):
    """A procedure, agency or field; `detail` tells it from others, `path` is its page."""

    kind: Annotated[str, Field(pattern="^(procedure|agency|field)$")]
    key: str
    name: str
    detail: str
    path: str


class Suggestions(Schema):
    """What a reader may mean who is still typing, the likeliest first; eight at most."""

    items: list[Suggested]


class Refusal(Schema):
    """Why there is no answer."""

    detail: str


_REFUSALS = {400: Refusal, 429: Refusal, 503: Refusal}


@router.get("/search", response={200: Answer, **_REFUSALS}, url_name="search")
def search(
    request: HttpRequest,
    narrowing: Query[Narrowing],
    q: str = "",
    sort: Literal["", "name", "newest"] = "",
    page: Annotated[int, Field(ge=1, le=MAX_RESULTS)] = 1,
    size: Annotated[int, Field(ge=1, le=MAX_SIZE)] = 10,
) -> Answer:
    """Find procedures in force by a reader's words; nothing in `q` is syntax.

    The best come first, or `sort` orders by name or by the day of coming into force.
    """
    if page * size > MAX_RESULTS:
        raise HttpError(400, f"No page reaches beyond {MAX_RESULTS} hits.")
    with _refusing(request, SEARCHES):
        found = search_procedures(
            q, page=page, size=size, filters=read_filters(request.GET), order=ORDER_OF_SORT[sort]
        )
    return _answer(found)


@router.get("/suggestions", response={200: Suggestions, **_REFUSALS}, url_name="suggestions")
def suggestions(request: HttpRequest, q: str = "") -> Suggestions:
    """Suggest procedures, agencies and fields for words of which the last may be typed half.

    Without a word it suggests the procedures that people use most.
    """
    with _refusing(request, SUGGESTIONS):
        return Suggestions(items=[_suggested(one) for one in suggest(q)])


@contextmanager
def _refusing(request: HttpRequest, limit: SteppedLimit) -> Iterator[None]:
    """Refuse who asks too often, and everyone while there is no index."""
    if not limit.admits(request.META.get("REMOTE_ADDR", "")):
        raise HttpError(429, "Too many requests came from your network. Try again in a minute.")
    try:
        yield
    except IndexUnusableError as error:
        raise HttpError(503, "The search index is being prepared.") from error


def _suggested(one: Suggestion) -> Suggested:
    # The language of a page is a prefix that its reader knows.
    with override(settings.LANGUAGE_CODE):
        path = reverse(f"catalogue:{one.kind}", args=[one.key])
    return Suggested(kind=one.kind, key=one.key, name=one.name, detail=one.detail, path=path)


def _answer(found: SearchPage) -> Answer:
    facets = {
        name: [ValueCount(value=value.value, count=value.count) for value in values]
        for name, values in found.facets.items()
    }
    return Answer(
        total=found.total,
        items=[_item(item) for item in found.items],
        facets=facets,
        did_you_mean=found.did_you_mean,
    )


def _item(item: SearchItem) -> Item:
    return Item(
        code=item.code,
        name=item.name,
        family=item.family,
        level=item.nearest_level,
        levels=list(item.levels),
        agency=item.agency,
        field=item.field,
        channels=list(item.channels),
        online_level=str(item.online_level["value"]) if item.online_level else None,
    )
