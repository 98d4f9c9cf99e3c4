from datetime import timedelta

import pytest
from django.test import Client

from catalogue import clock
from catalogue.models import ChangeCursor, ScheduledRun
from catalogue.selectors.jobs import HEARTBEAT

pytestmark = pytest.mark.django_db


def test_healthz_answers_without_a_query(client: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok")


def test_readyz_names_the_missing_worker(client: Client) -> None:
    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json() == {"database": True, "worker": False}


def test_readyz_is_content_with_a_recent_heartbeat(client: Client) -> None:
    moment = clock.now() - timedelta(seconds=30)
    ScheduledRun.objects.create(name=HEARTBEAT, due_at=moment, done_at=moment)

    response = client.get("/readyz")

    assert response.status_code == 200


def test_metrics_tell_the_lag_of_each_consumer(client: Client) -> None:
    ChangeCursor.objects.create(consumer="tested", sequence=0, failures=2)

    lines = client.get("/metrics").content.decode().splitlines()

    assert 'mot_cua_outbox_failures{consumer="tested"} 2' in lines
    assert "mot_cua_worker_alive 0" in lines
