import re
from datetime import date, timedelta

import pytest
from django.core.cache import caches
from django.test import Client

from catalogue import clock
from catalogue.models import ProcedureUsage
from factories.search import publish
from portal.selectors.home import (
    field_counts,
    most_used_procedures,
    newest_procedures,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    caches["local"].clear()


def count_use(code: str, *, views: int, month: date | None = None) -> None:
    ProcedureUsage.objects.create(
        procedure_code=code, month=month or clock.today().replace(day=1), views=views
    )


def test_most_used_procedures_come_in_order_of_use() -> None:
    for code, views in [("1.000001", 3), ("1.000002", 9), ("1.000003", 5)]:
        publish(code)
        count_use(code, views=views)

    listed = most_used_procedures(2)

    assert [procedure.code for procedure in listed] == ["1.000002", "1.000003"]


def test_use_of_long_ago_is_forgotten() -> None:
    publish("1.000001")
    count_use("1.000001", views=9, month=clock.today() - timedelta(days=200))

    assert most_used_procedures(6) == []


def test_newest_procedures_leave_out_those_already_listed() -> None:
    publish("1.000001")
    publish("1.000002", name="Đăng ký khai sinh")

    listed = newest_procedures(6, without=["1.000001"])

    assert [(procedure.code, procedure.name) for procedure in listed] == [
        ("1.000002", "Đăng ký khai sinh")
    ]


def test_field_counts_put_the_largest_first() -> None:
    publish("1.000001", field={"code": None, "name": "Đất đai"})
    publish("1.000002", field={"code": None, "name": "Hộ tịch"})
    publish("1.000003", field={"code": None, "name": "Hộ tịch"})

    counted = [(one.field.name, one.procedures) for one in field_counts(12)]
    assert counted == [("Hộ tịch", 2), ("Đất đai", 1)]


def test_home_leads_to_search_tracking_and_procedures(client: Client) -> None:
    version = publish("1.000001")

    html = client.get("/").content.decode()

    assert html.index('name="q"') < html.index('action="/ho-so"')
    assert 'href="/thu-tuc/1.000001"' in html
    for place in (f"linh-vuc/{version.field_id}", "co-quan", "thu-tuc?audience=person"):
        assert f'href="/{place}"' in html


def test_home_of_an_empty_catalogue_still_searches(client: Client) -> None:
    response = client.get("/en/")

    assert response.status_code == 200
    assert 'action="/en/tim-kiem"' in response.content.decode()


def test_home_shows_the_help_line_of_the_deployment(client: Client, settings: object) -> None:
    settings.SUPPORT_PHONE = "1900 1234"  # type: ignore[attr-defined]

    assert 'href="tel:1900 1234"' in client.get("/").content.decode()


@pytest.mark.parametrize("procedures", [1, 3])
def test_home_asks_the_database_as_often_for_one_as_for_three(
    client: Client, procedures: int, django_assert_num_queries
) -> None:
    for number in range(procedures):
        publish(f"1.00000{number}")
        count_use(f"1.00000{number}", views=1)

    with django_assert_num_queries(9):
        client.get("/")


def test_home_seen_again_asks_only_what_changed(client: Client, django_assert_num_queries) -> None:
    publish("1.000001")
    client.get("/")

    with django_assert_num_queries(1):
        client.get("/")


def test_home_shows_a_new_procedure_at_once(client: Client) -> None:
    publish("1.000001")
    client.get("/")

    publish("1.000002")

    assert 'href="/thu-tuc/1.000002"' in client.get("/").content.decode()


def test_box_for_tracking_leads_to_the_dossier(client: Client) -> None:
    html = client.get("/").content.decode()
    (name,) = re.findall(r'id="track-code" name="(\w+)"', html)

    response = client.get("/ho-so", {name: "h18-261124-0001"})

    assert response["Location"] == "/ho-so/H18-261124-0001"
