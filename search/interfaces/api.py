"""Search in the read API; the portal mounts the router under `/api/v1`."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Schema
from ninja.errors import HttpError
from pydantic import Field

from search.engines import IndexUnusableError
from search.interfaces.parameters import read_filters
from search.query import MAX_RESULTS, MAX_SIZE
from search.selectors import SearchItem, SearchPage, search_procedures

router = Router(tags=["search"])


class ValueCount(Schema):
    """A value of a facet and how many procedures have it."""

    value: str
    count: int


class Item(Schema):
    """A procedure found; `level` is the nearest to a citizen, `levels` are all."""

    code: str
    name: str
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


@router.get("/search", response=Answer, url_name="search")
def search(
    request: HttpRequest,
    narrowing: Query[Narrowing],
    q: str = "",
    page: Annotated[int, Field(ge=1, le=MAX_RESULTS)] = 1,
    size: Annotated[int, Field(ge=1, le=MAX_SIZE)] = 10,
) -> Answer:
    """Find procedures in force by a reader's words; nothing in `q` is syntax."""
    if page * size > MAX_RESULTS:
        raise HttpError(400, f"No page reaches beyond {MAX_RESULTS} hits.")
    try:
        found = search_procedures(q, page=page, size=size, filters=read_filters(request.GET))
    except IndexUnusableError as error:
        raise HttpError(503, "The search index is being prepared.") from error
    return _answer(found)


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
        level=item.nearest_level,
        levels=list(item.levels),
        agency=item.agency,
        field=item.field,
        channels=list(item.channels),
        online_level=str(item.online_level["value"]) if item.online_level else None,
    )
