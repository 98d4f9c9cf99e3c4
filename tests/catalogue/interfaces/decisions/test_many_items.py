from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalogue.enums import DecisionAction, Role
from catalogue.models import Agency, DecisionItem, Procedure, PublicationDecision
from catalogue.services.decisions import add_items, prepare_correction, prepare_decision
from factories.catalogue import (
    SIGNED_ON,
    make_decision,
    make_member,
    make_ministry,
    make_procedure,
    make_version,
)
from portal.accounts.models import User

pytestmark = pytest.mark.django_db
SPRING = date(2026, 3, 1)
DAY = {"effective_from": "2026-03-01", "action": ""}


@pytest.fixture
def ministry() -> Agency:
    return make_ministry()


@pytest.fixture
def editor(ministry: Agency, client: Client) -> User:
    user = make_member(Role.MINISTRY_EDITOR, ministry)
    client.force_login(user)
    return user


@pytest.fixture
def decision(ministry: Agency, editor: User) -> PublicationDecision:
    return prepare_decision(number="1/QĐ", signed_on=SIGNED_ON, agency=ministry, by=editor)


@pytest.fixture
def pages(ministry: Agency) -> list[Procedure]:
    names = ("Đăng ký kết hôn", "Đăng ký khai sinh", "Cấp phiếu lý lịch")
    return [
        make_procedure(ministry, code=f"1.00000{nth}", name=name)
        for nth, name in enumerate(names, 1)
    ]


def address(decision: PublicationDecision, place: str) -> str:
    return f"/quan-tri/quyet-dinh/{decision.pk}/{place}/"


def codes(decision: PublicationDecision) -> list[str]:
    return sorted(decision.items.values_list("procedure__code", flat=True))


def page(client: Client, where: str, **data: Any) -> str:
    return client.get(where, data).content.decode()


def test_ticked_procedures_are_added(
    client: Client, decision: PublicationDecision, pages: list[Procedure]
) -> None:
    ticked = [pages[0].pk, pages[2].pk, "x"]

    response = client.post(
        address(decision, "them-nhieu"), DAY | {"procedure": ticked}, follow=True
    )

    assert codes(decision) == ["1.000001", "1.000003"]
    assert "Đã thêm 2 thủ tục" in response.content.decode()


def test_all_that_was_found_is_added_whatever_page_is_shown(
    client: Client, decision: PublicationDecision, pages: list[Procedure]
) -> None:
    client.post(address(decision, "them-nhieu"), DAY | {"all": "1", "q": "dang ky"})

    assert codes(decision) == [pages[0].code, pages[1].code]


def test_list_is_searched_without_marks_and_shows_what_is_changed(
    client: Client, ministry: Agency, decision: PublicationDecision, pages: list[Procedure]
) -> None:
    make_version(ministry, code="1.000009", name="Đăng ký nuôi ong")

    found = page(client, address(decision, "them-nhieu"), q="DANG ky")
    everything = page(client, address(decision, "them-nhieu"), q="nuoi ong", **{"tat-ca": "1"})

    assert [code in found for code in ("1.000001", "1.000002", "1.000003", "1.000009")] == [
        True,
        True,
        False,
        False,
    ]
    assert "1.000009" in everything


def test_refused_codes_are_listed_and_what_was_typed_stays(
    client: Client, decision: PublicationDecision, pages: list[Procedure]
) -> None:
    text = "1.000001\n8.888888"
    data = {"codes": text, "effective_from": "2026-05-04", "action": "abolish"}

    html = client.post(address(decision, "dan-ma"), data).content.decode()

    assert "Dòng 2: 8.888888: không có thủ tục nào mang mã này." in html
    assert text in html
    assert 'value="2026-05-04"' in html
    assert codes(decision) == []


def test_pasted_codes_are_added(
    client: Client, decision: PublicationDecision, pages: list[Procedure]
) -> None:
    client.post(address(decision, "dan-ma"), DAY | {"codes": "1.000001\n1.000003\n"})

    assert codes(decision) == ["1.000001", "1.000003"]


def test_wrong_day_is_said_at_its_field(
    client: Client, decision: PublicationDecision, pages: list[Procedure]
) -> None:
    data = {"codes": "1.000001", "effective_from": "31/02/2026", "action": ""}

    response = client.post(address(decision, "dan-ma"), data)

    assert response.status_code == 200
    assert "error-message" in response.content.decode()
    assert codes(decision) == []


def test_correction_is_asked_for_no_day_and_takes_published_ones_alone(
    client: Client, ministry: Agency, editor: User, pages: list[Procedure]
) -> None:
    version = make_version(ministry, code="1.000009")
    version.procedure.save_revision()
    correction = prepare_correction(agency=ministry, reason="Sai dấu.", by=editor)

    html = page(client, address(correction, "them-nhieu"))
    client.post(address(correction, "them-nhieu"), {"all": "1"})

    assert "effective_from" not in html
    assert list(correction.items.values_list("procedure__code", "action")) == [
        ("1.000009", DecisionAction.CORRECT)
    ]


def test_day_of_an_item_is_changed_and_the_item_removed(
    client: Client, editor: User, decision: PublicationDecision, pages: list[Procedure]
) -> None:
    add_items(decision=decision, procedures=pages[:2], effective_from=SPRING, by=editor)
    first, second = decision.items.order_by("procedure__code")

    shown = page(client, address(decision, f"muc/{first.pk}"))
    client.post(address(decision, f"muc/{first.pk}"), {"effective_from": "2026-07-01"})
    client.post(address(decision, f"muc/{second.pk}/bo"))

    assert 'value="2026-03-01"' in shown
    assert list(decision.items.values_list("procedure__code", "effective_from")) == [
        ("1.000001", date(2026, 7, 1))
    ]


def test_item_of_another_decision_is_not_found(
    client: Client, editor: User, decision: PublicationDecision, pages: list[Procedure]
) -> None:
    other = prepare_decision(number="2/QĐ", signed_on=SIGNED_ON, agency=decision.agency, by=editor)
    (item,) = add_items(decision=other, procedures=pages[:1], effective_from=SPRING, by=editor)

    answers = [
        client.get(address(decision, f"muc/{item.pk}")).status_code,
        client.post(address(decision, f"muc/{item.pk}/bo")).status_code,
    ]

    assert answers == [404, 404]
    assert DecisionItem.objects.filter(pk=item.pk).exists()


@pytest.mark.parametrize("place", ["them-nhieu", "dan-ma", "sua", "muc/1", "tep"])
def test_t3_t4_decision_of_another_ministry_is_not_found(
    client: Client, decision: PublicationDecision, place: str
) -> None:
    client.force_login(make_member(Role.MINISTRY_EDITOR, make_ministry("G01", "Bộ Công an")))

    answers = {
        client.get(address(decision, place)).status_code,
        client.post(address(decision, place), DAY).status_code,
    }

    assert answers <= {404, 405}


def test_submitted_decision_offers_no_change(
    client: Client, ministry: Agency, editor: User, pages: list[Procedure]
) -> None:
    submitted = make_decision(
        (pages[0], DecisionAction.ISSUE, SPRING), agency=ministry, editor=editor
    )

    many = page(client, address(submitted, "them-nhieu"))
    refused = client.post(
        address(submitted, "dan-ma"), DAY | {"codes": "1.000002"}, follow=True
    ).content.decode()

    assert "khi quyết định còn là bản nháp" in many
    assert "Chờ phê duyệt" in refused


@pytest.mark.parametrize("where", ["", "them-nhieu/"])
def test_screen_reads_as_often_for_one_item_as_for_three(
    client: Client, ministry: Agency, editor: User, where: str
) -> None:
    counts = []
    for many in (1, 1, 3):
        decision = prepare_decision(
            number=f"{many}-{len(counts)}/QĐ", signed_on=SIGNED_ON, agency=ministry, by=editor
        )
        made = [make_procedure(ministry) for _each in range(many)]
        add_items(decision=decision, procedures=made, effective_from=SPRING, by=editor)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/quan-tri/quyet-dinh/{decision.pk}/{where}")
        counts.append(len(queries))

    # The first visit also fills what Wagtail keeps in memory.
    assert counts[1] == counts[2]


def test_items_are_searched_and_the_next_step_stays(
    client: Client, editor: User, decision: PublicationDecision, pages: list[Procedure]
) -> None:
    add_items(decision=decision, procedures=pages, effective_from=SPRING, by=editor)
    where = f"/quan-tri/quyet-dinh/{decision.pk}/"

    found, nothing = page(client, where, q="ket hon"), page(client, where, q="xe may")

    assert ("1.000001</td>" in found, "1.000002</td>" in found) == (True, False)
    assert "không có thủ tục nào mang mã hoặc tên đó" in nothing
    assert f'action="{where}trinh/"' in nothing


def test_list_is_narrowed_to_a_state_and_an_agency(
    client: Client, decision: PublicationDecision
) -> None:
    lists = [
        page(client, "/quan-tri/quyet-dinh/", **query)
        for query in ({"trang-thai": "draft"}, {"co-quan": "G15"}, {"trang-thai": "approved"})
    ]

    assert ["1/QĐ</a>" in html for html in lists] == [True, True, False]
    assert "Xem tất cả quyết định" in lists[2]
