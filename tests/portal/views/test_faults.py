import errno
import os
import sqlite3
from contextlib import closing, contextmanager

import psycopg
import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from catalogue.models import Field
from catalogue.permissions import public
from portal import urls

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]


@public
def write(request):
    Field.objects.create(name=request.POST["name"])
    return HttpResponse("written")


@public
def fail(request):
    raise RuntimeError("a fault of ours")


@public
def fill_disk(request):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class AddressesWithFaults:
    urlpatterns = [path("ghi", write), path("api/v1/ghi", write), path("hong", fail)]
    urlpatterns += [path("day", fill_disk)]
    urlpatterns += urls.urlpatterns
    handler500 = urls.handler500


@pytest.fixture
def client(settings):
    settings.ROOT_URLCONF = AddressesWithFaults
    return Client(raise_request_exception=False)


@contextmanager
def locked_sqlite():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def locked_postgresql():
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '50ms'")
    parameters = connection.get_connection_params()
    names = ("dbname", "host", "port", "user", "password")
    address = {name: parameters[name] for name in names if name in parameters}
    with psycopg.connect(**address) as other:
        other.execute("LOCK TABLE catalogue_field")
        yield


@pytest.fixture
def locked():
    yield {"sqlite": locked_sqlite, "postgresql": locked_postgresql}[connection.vendor]
    connection.close()


def test_r3_r25_locked_database_asks_to_try_again(client, locked):
    with locked():
        response = client.post("/ghi", {"name": "Hộ tịch"})

    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert "Những gì bạn đã lưu vẫn còn nguyên" in response.content.decode()


def test_r25_the_same_request_succeeds_afterwards(client, locked):
    with locked():
        client.post("/ghi", {"name": "Hộ tịch"})
    response = client.post("/ghi", {"name": "Hộ tịch"})

    assert response.content == b"written"
    assert Field.objects.filter(name="Hộ tịch").count() == 1


def test_locked_database_is_told_to_programs_as_json(client, locked):
    with locked():
        response = client.post("/api/v1/ghi", {"name": "Hộ tịch"})

    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert response.json().keys() == {"detail"}


def test_r6_full_disk_asks_to_try_again(client):
    response = client.get("/day")

    assert (response.status_code, response["Retry-After"]) == (503, "10")


def test_other_fault_is_an_error_of_ours(client):
    response = client.get("/hong")

    assert response.status_code == 500
    assert "a fault of ours" not in response.content.decode()


def test_request_id_is_answered_and_never_taken_from_strangers(client):
    first = client.get("/healthz", headers={"X-Request-ID": "chosen-by-stranger"})
    second = client.get("/healthz")

    assert first["X-Request-ID"] != "chosen-by-stranger"
    assert first["X-Request-ID"] != second["X-Request-ID"]


@pytest.mark.parametrize(
    ("given", "taken"), [("from-the-proxy-1", True), ("bad\x1bone", False), ("short", False)]
)
def test_request_id_of_a_trusted_proxy_is_kept(settings, given, taken):
    settings.TRUSTED_PROXIES = ["127.0.0.0/8"]

    response = Client().get("/healthz", headers={"X-Request-ID": given})

    assert (response["X-Request-ID"] == given) is taken
