import gzip
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.http import http_date

from catalogue import clock
from catalogue.interfaces.kept_pages import same_for_everyone
from catalogue.models import ProcedureVersion
from catalogue.services.changes import announce
from factories.catalogue import make_user, make_version
from portal.page_cache.memory import Memory
from portal.page_cache.middleware import PageCacheMiddleware

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 5, 1, 9, tzinfo=clock.LOCAL_TZ)
BEFORE, AFTER = "Tên trước", "Tên sau"


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with clock.frozen(MORNING):
        yield


@pytest.fixture
def version() -> ProcedureVersion:
    return make_version(begins=date(2026, 2, 1), name=BEFORE)


def address_of(version: ProcedureVersion) -> str:
    return f"/thu-tuc/{version.code}"


def rewrite(version: ProcedureVersion) -> None:
    """Change what the page shows without a word to the outbox, which no service does."""
    ProcedureVersion.objects.filter(pk=version.pk).update(name=AFTER)


def name_on(client: Client, address: str, **headers: str) -> str:
    page = client.get(address, headers=headers).content.decode()
    return AFTER if AFTER in page else BEFORE


def test_page_is_answered_again_with_one_query(client: Client, version: ProcedureVersion) -> None:
    first = client.get(address_of(version))

    with CaptureQueriesContext(connection) as queries:
        again = client.get(address_of(version))

    assert len(queries) == 1
    assert again.content == first.content
    assert again["Content-Security-Policy"] == first["Content-Security-Policy"]
    assert again["X-Request-ID"] != first["X-Request-ID"]


def test_page_is_made_anew_after_a_change(client: Client, version: ProcedureVersion) -> None:
    address = address_of(version)
    client.get(address)
    rewrite(version)

    kept = name_on(client, address)
    with transaction.atomic():
        announce(kind="procedure_version", keys=[version.code])

    assert (kept, name_on(client, address)) == (BEFORE, AFTER)


def test_page_ends_with_its_day(client: Client, version: ProcedureVersion) -> None:
    address = address_of(version)
    client.get(address)
    rewrite(version)
    midnight = MORNING.replace(hour=0) + timedelta(days=1)

    with clock.frozen(midnight - timedelta(seconds=1)):
        before = name_on(client, address)
    with clock.frozen(midnight):
        after = name_on(client, address)

    assert (before, after) == (BEFORE, AFTER)


@pytest.mark.parametrize(
    ("at", "seconds"),
    [
        (MORNING, 60),
        (MORNING.replace(hour=23, minute=59, second=18), 42),
        (MORNING.replace(hour=23, minute=59, second=59, microsecond=999_000), 0),
    ],
)
def test_nobody_may_repeat_a_page_past_midnight(
    client: Client, version: ProcedureVersion, at: datetime, seconds: int
) -> None:
    with clock.frozen(at):
        response = client.get(address_of(version))

    assert response["Cache-Control"] == f"public, max-age={seconds}"


def test_each_address_and_language_has_its_own_page(
    client: Client, version: ProcedureVersion
) -> None:
    address = address_of(version)
    pages = [f"/en{address}", address, f"{address}?ngay=2026-06-01", f"/en{address}?ngay="]

    first = [client.get(page).content for page in pages]
    again = [client.get(page).content for page in pages]

    assert first == again
    assert len(set(first)) == 4
    assert b'<html lang="en">' in again[0]
    assert b'<html lang="vi">' in again[1]


def test_accepted_language_does_not_change_an_address(
    client: Client, version: ProcedureVersion
) -> None:
    pages = {
        client.get(address_of(version), headers={"accept-language": language}).content
        for language in ("en", "vi", "fr;q=0.3")
    }

    assert len(pages) == 1


def test_made_up_parameters_are_not_kept(client: Client, version: ProcedureVersion) -> None:
    address = f"{address_of(version)}?utm_source=1"
    first = client.get(address)
    rewrite(version)

    assert name_on(client, address) == AFTER
    assert "ETag" not in first.headers


@pytest.mark.parametrize("host", ["khac.example", "127.0.0.1.evil.example"])
def test_a13_kept_page_is_not_answered_under_another_host(
    client: Client, version: ProcedureVersion, host: str
) -> None:
    client.get(address_of(version))

    assert client.get(address_of(version), headers={"host": host}).status_code == 400


def test_d6_two_users_and_strangers_never_see_each_others_page(version: ProcedureVersion) -> None:
    lan, mai, stranger = Client(), Client(), Client()
    lan.force_login(make_user(full_name="Lan Thị Nhớ"))
    mai.force_login(make_user(full_name="Mai Thị Quên"))
    # All through one chain of middlewares, as in one process of the web server.
    lan.get("/healthz")
    mai.handler._middleware_chain = lan.handler._middleware_chain
    stranger.handler._middleware_chain = lan.handler._middleware_chain
    readers = {"Lan Thị Nhớ": lan, "Mai Thị Quên": mai, "": stranger}

    for _ in range(2):
        for name, reader in readers.items():
            response = reader.get(address_of(version))
            page = response.content.decode()
            assert [other for other in readers if other and other in page] == ([name] * bool(name))
            assert ("public" in response["Cache-Control"]) == (not name)
            assert "Cookie" in response["Vary"]


@pytest.mark.parametrize("cookie", ["sessionid", "messages"])
def test_a1_reader_with_a_private_cookie_gets_no_kept_page(
    client: Client, version: ProcedureVersion, cookie: str
) -> None:
    client.get(address_of(version))
    rewrite(version)
    client.cookies[cookie] = "x"

    assert name_on(client, address_of(version)) == AFTER


def test_a1_kept_page_sets_no_cookie(client: Client, version: ProcedureVersion) -> None:
    for _ in range(2):
        response = client.get(address_of(version))
        assert response.cookies == {}
        assert "Set-Cookie" not in response.headers


def marked(response: HttpResponse) -> tuple[PageCacheMiddleware, list[int]]:
    """Return the middleware around a marked view that answers `response`, and its calls."""
    calls: list[int] = []

    @same_for_everyone()
    def view(request: HttpRequest) -> HttpResponse:
        calls.append(1)
        return response

    def get_response(request: HttpRequest) -> HttpResponse:
        middleware.process_view(request, view, (), {})
        return view(request)

    middleware = PageCacheMiddleware(get_response)
    return middleware, calls


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Security-Policy": "script-src 'self' 'nonce-abc'"},
        {"Cache-Control": "no-store"},
        {"Set-Cookie": "messages=x"},
    ],
)
def test_a1_d5_page_for_one_reader_is_not_kept(headers: dict[str, str]) -> None:
    response = HttpResponse("page")
    for name, value in headers.items():
        if name == "Set-Cookie":
            response.set_cookie("messages", "x")
        else:
            response[name] = value
    middleware, calls = marked(response)

    for _ in range(2):
        middleware(RequestFactory().get("/"))

    assert len(calls) == 2


@pytest.mark.parametrize("status", [404, 302, 503])
def test_only_whole_answers_are_kept(status: int) -> None:
    middleware, calls = marked(HttpResponse("page", status=status))

    for _ in range(2):
        middleware(RequestFactory().get("/"))

    assert len(calls) == 2


def test_posts_are_never_answered_from_memory() -> None:
    middleware, calls = marked(HttpResponse("page"))

    for _ in range(2):
        middleware(RequestFactory().post("/"))
    middleware(RequestFactory().get("/"))
    middleware(RequestFactory().post("/"))

    assert len(calls) == 4


@pytest.mark.parametrize(
    ("accepted", "compressed"),
    [
        ("gzip, deflate, br", True),
        ("gzip;q=0.5", True),
        ("gzip;q=0", False),
        ("br, gzip; q=0.0, deflate", False),
        ("", False),
    ],
)
def test_page_is_compressed_for_those_who_take_it(
    client: Client, version: ProcedureVersion, accepted: str, compressed: bool
) -> None:
    plain = client.get(address_of(version))

    response = client.get(address_of(version), headers={"accept-encoding": accepted})

    content = gzip.decompress(response.content) if compressed else response.content
    assert content == plain.content
    assert ("Content-Encoding" in response.headers) is compressed
    assert int(response["Content-Length"]) == len(response.content)
    assert "Accept-Encoding" in response["Vary"]


def test_unchanged_page_is_not_sent_again(client: Client, version: ProcedureVersion) -> None:
    address = address_of(version)
    first = client.get(address)

    by_tag = client.get(address, headers={"if-none-match": first["ETag"]})
    other = client.get(address, headers={"if-none-match": 'W/"other"'})

    assert (by_tag.status_code, by_tag.content) == (304, b"")
    assert by_tag["ETag"] == first["ETag"]
    assert other.status_code == 200


def test_page_changed_within_a_second_is_sent_again(
    client: Client, version: ProcedureVersion
) -> None:
    address = address_of(version)
    client.get(address)
    rewrite(version)
    with transaction.atomic():
        announce(kind="procedure_version", keys=[version.code])

    changed = client.get(address, headers={"if-modified-since": http_date(MORNING.timestamp())})

    assert (changed.status_code, AFTER in changed.content.decode()) == (200, True)
    assert "Last-Modified" not in changed.headers


def test_changed_page_has_another_tag(client: Client, version: ProcedureVersion) -> None:
    address = address_of(version)
    first = client.get(address)
    rewrite(version)
    with transaction.atomic():
        announce(kind="procedure_version", keys=[version.code])

    response = client.get(address, headers={"if-none-match": first["ETag"]})

    assert response.status_code == 200


def test_head_is_answered_without_a_body(client: Client, version: ProcedureVersion) -> None:
    page = client.get(address_of(version))

    response = client.head(address_of(version))

    assert response.content == b""
    assert (response["ETag"], response["Content-Length"]) == (page["ETag"], str(len(page.content)))


def test_made_up_values_of_parameters_push_out_no_page_without_any() -> None:
    calls: list[int] = []

    @same_for_everyone("letter")
    def view(request: HttpRequest) -> HttpResponse:
        calls.append(1)
        return HttpResponse("page")

    def get_response(request: HttpRequest) -> HttpResponse:
        middleware.process_view(request, view, (), {})
        return view(request)

    middleware = PageCacheMiddleware(get_response)
    middleware.memory_of_asked = Memory(most_bytes=100)
    for address in ["/", *[f"/?letter={number}" for number in range(50)], "/"]:
        middleware(RequestFactory().get(address))

    assert len(calls) == 51
