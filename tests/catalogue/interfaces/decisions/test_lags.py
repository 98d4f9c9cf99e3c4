from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client

from catalogue import clock
from catalogue.enums import AgencyKind, DecisionState, Level, Role
from catalogue.models import Agency, PublicationDecision, Rule
from catalogue.services.rules import load_rules
from factories.catalogue import SIGNED_ON, make_agency, make_member

pytestmark = pytest.mark.django_db
LAGS = "/quan-tri/quyet-dinh/do-tre/"
IN_2026 = {"tu": "2026-01-01", "den": "2026-12-31"}


@pytest.fixture
def province() -> Agency:
    load_rules()
    return make_agency(name="Tỉnh Một")


def make(agency: Agency, number: str, days: int | None, **values: Any) -> PublicationDecision:
    if days is not None:
        entered = datetime.combine(SIGNED_ON + timedelta(days=days), time(12), clock.LOCAL_TZ)
        values |= {"state": DecisionState.IN_FORCE, "entered_at": entered}
    return PublicationDecision.objects.create(
        number=number, signed_on=SIGNED_ON, agency=agency, **values
    )


def test_lags_are_a_table_a_chart_and_links_to_what_is_late(
    client: Client, province: Agency
) -> None:
    late = make(province, "16/QĐ", 16)
    make(province, "2/QĐ", 2)
    overdue = make(province, "3/QĐ", None, state=DecisionState.APPROVED)
    client.force_login(make_member(Role.PROVINCE_EDITOR, province))

    html = client.get(LAGS, IN_2026).content.decode()

    assert '<th scope="row">Tỉnh Một</th><td>2</td><td>7</td><td>12</td><td>50 %</td>' in html
    assert html.count("<rect") == 1
    assert f'href="/quyet-dinh/{late.pk}"' in html
    assert f'href="/quan-tri/quyet-dinh/{overdue.pk}/"' in html
    assert "1 quyết định đưa vào danh mục trễ hạn" in html


def test_government_control_sees_every_agency_and_opens_no_draft(
    client: Client, province: Agency
) -> None:
    overdue = make(province, "3/QĐ", None, state=DecisionState.APPROVED)
    make(province, "2/QĐ", 2)
    office = make_agency(kind=AgencyKind.GOVERNMENT, level=Level.MINISTRY)
    client.force_login(make_member(Role.GOVERNMENT_CONTROL, office))

    html = client.get(LAGS, IN_2026).content.decode()

    assert "Tỉnh Một" in html
    assert "3/QĐ" in html
    assert f"/quan-tri/quyet-dinh/{overdue.pk}/" not in html


def test_t4_other_agencies_are_not_named(client: Client, province: Agency) -> None:
    make(make_agency(name="Tỉnh Khác"), "9/QĐ", 20)
    client.force_login(make_member(Role.PROVINCE_EDITOR, province))

    html = client.get(LAGS, IN_2026).content.decode()

    assert "Tỉnh Khác" not in html
    assert "Hãy chọn khoảng dài hơn" in html


@pytest.mark.parametrize(
    "query", [{"tu": "x"}, {"tu": "2026-02-01", "den": "2026-01-01"}, {"tu": "9999-99-99"}]
)
def test_wrong_period_is_said_and_the_usual_one_shown(
    client: Client, province: Agency, query: dict[str, str]
) -> None:
    client.force_login(make_member(Role.PROVINCE_EDITOR, province))

    response = client.get(LAGS, query)

    assert response.status_code == 200
    assert 'role="alert"' in response.content.decode()


def test_last_day_of_a_period_may_be_the_last_of_all(client: Client, province: Agency) -> None:
    client.force_login(make_member(Role.PROVINCE_EDITOR, province))

    response = client.get(LAGS, {"tu": "0001-01-01", "den": f"{date.max:%Y-%m-%d}"})

    assert response.status_code == 200


def test_counter_officer_does_not_open_lags(client: Client, province: Agency) -> None:
    client.force_login(make_member(Role.COUNTER_OFFICER, province))

    assert client.get(LAGS, follow=True).redirect_chain == [("/quan-tri/", 302)]


def test_limits_are_told_as_the_rules_have_them(client: Client, province: Agency) -> None:
    Rule.objects.filter(key="entry.province_working_days").update(value=6)
    client.force_login(make_member(Role.PROVINCE_EDITOR, province))

    html = client.get(LAGS).content.decode()

    assert "10 đối với bộ, 6 đối với tỉnh, 2 khi văn bản" in html


def test_limits_that_no_rule_tells_are_left_out(client: Client, province: Agency) -> None:
    Rule.objects.filter(key__startswith="entry.").delete()
    client.force_login(make_member(Role.PROVINCE_EDITOR, province))

    html = client.get(LAGS).content.decode()

    assert "đối với tỉnh" not in html
