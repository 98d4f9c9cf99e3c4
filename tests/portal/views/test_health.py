from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from catalogue import clock
from catalogue.models import ChangeCursor, ScheduledRun
from catalogue.selectors.jobs import HEARTBEAT
from portal.selectors import readiness

pytestmark = pytest.mark.django_db

STRANGER = "203.0.113.7"


@pytest.fixture(autouse=True)
def look_at_migrations_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "_migrated", set())


@pytest.fixture
def index() -> None:
    call_command("search", "rebuild", verbosity=0)


@pytest.fixture
def heartbeat() -> None:
    moment = clock.now() - timedelta(seconds=30)
    ScheduledRun.objects.create(name=HEARTBEAT, due_at=moment, done_at=moment)


def test_healthz_answers_without_a_query(client: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok")


def test_readyz_is_content_when_everything_works(client: Client, index, heartbeat) -> None:
    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {
        "ready": True,
        "database": True,
        "migrations": True,
        "search": True,
        "worker": True,
    }


def test_readyz_names_the_missing_worker(client: Client, index) -> None:
    response = client.get("/readyz")

    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert [part for part, works in response.json().items() if not works] == ["ready", "worker"]


def test_readyz_misses_a_migration(client: Client, index, heartbeat) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'search' OR app = 'onestop'")

    response = client.get("/readyz")

    assert response.status_code == 503
    assert (response.json()["database"], response.json()["migrations"]) == (True, False)


def test_readyz_keeps_the_details_from_strangers(client: Client) -> None:
    response = client.get("/readyz", REMOTE_ADDR=STRANGER)

    assert (response.status_code, response.json()) == (503, {"ready": False})


def test_readyz_tells_staff_the_details(admin_client: Client) -> None:
    response = admin_client.get("/readyz", REMOTE_ADDR=STRANGER)

    assert response.json().keys() == {"ready", "database", "migrations", "search", "worker"}


def test_metrics_tell_the_lag_of_each_consumer(client: Client) -> None:
    ChangeCursor.objects.create(consumer='te"sted', sequence=0, failures=2)

    lines = client.get("/metrics").content.decode().splitlines()

    assert r'mot_cua_outbox_failures{consumer="te\"sted"} 2' in lines
    assert "mot_cua_worker_alive 0" in lines
    assert "# TYPE mot_cua_outbox_lag gauge" in lines


def test_metrics_are_not_for_strangers(client: Client, settings) -> None:
    assert client.get("/metrics", REMOTE_ADDR=STRANGER).status_code == 404

    settings.METRICS_ALLOW = ["203.0.113.0/24"]

    assert client.get("/metrics", REMOTE_ADDR=STRANGER).status_code == 200
