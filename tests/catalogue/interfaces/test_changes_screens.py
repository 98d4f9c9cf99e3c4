import re
from datetime import date

import pytest
from django.test import Client

from catalogue.enums import DecisionAction, Role
from catalogue.models import Agency, DecisionItem, Procedure
from catalogue.services.decisions import publishing_agency
from factories.catalogue import make_decision, make_member, make_ministry, make_version
from portal.accounts.models import User

pytestmark = pytest.mark.django_db
BEGAN, ENDS = date(2026, 2, 1), date(2035, 8, 1)


@pytest.fixture
def procedure() -> Procedure:
    version = make_version(begins=BEGAN)
    page = version.procedure.get_latest_revision_as_object()
    page.name = "Đăng ký nuôi ong trong công viên"
    page.save_revision(clean=False)
    return Procedure.objects.get(pk=version.procedure_id)


@pytest.fixture
def agency(procedure: Procedure) -> Agency:
    return publishing_agency(procedure)


@pytest.fixture
def editor(agency: Agency) -> User:
    return make_member(Role.MINISTRY_EDITOR, agency)


@pytest.fixture
def approver(agency: Agency) -> User:
    return make_member(Role.MINISTRY_APPROVER, agency)


def decided(procedure: Procedure, action: DecisionAction, editor: User) -> DecisionItem:
    decision = make_decision(
        (procedure, action, ENDS), agency=publishing_agency(procedure), editor=editor
    )
    return decision.items.get()


def address_of(item: DecisionItem) -> str:
    return f"/quan-tri/quyet-dinh/{item.decision_id}/muc/{item.pk}/thay-doi/"


def text_of(client: Client, user: User, address: str) -> str:
    client.force_login(user)
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def test_approver_sees_what_an_item_changes(
    client: Client, procedure: Procedure, editor: User, approver: User
) -> None:
    item = decided(procedure, DecisionAction.AMEND, editor)

    page = text_of(client, approver, address_of(item))

    assert "So với phiên bản có hiệu lực từ 01/02/2026" in page
    assert "0 thay đổi về nội dung, 1 thay đổi câu chữ" in page
    assert "công viên" in page


def test_decision_leads_to_what_its_items_change(
    client: Client, procedure: Procedure, editor: User, approver: User
) -> None:
    item = decided(procedure, DecisionAction.AMEND, editor)

    page = text_of(client, approver, f"/quan-tri/quyet-dinh/{item.decision_id}/")

    assert f'href="{address_of(item)}"' in page


def test_abolished_procedure_is_told_as_gone(
    client: Client, procedure: Procedure, editor: User, approver: User
) -> None:
    item = decided(procedure, DecisionAction.ABOLISH, editor)

    page = text_of(client, approver, address_of(item))

    assert "Thủ tục bị bãi bỏ" in page
    assert "Toàn bộ thủ tục" in page


def test_issued_procedure_is_told_as_new(
    client: Client, procedure: Procedure, approver: User
) -> None:
    item = procedure.decision_items.get()

    assert "toàn bộ thủ tục là mới" in text_of(client, approver, address_of(item))


def test_t4_changes_of_another_agency_are_not_found(
    client: Client, procedure: Procedure, editor: User
) -> None:
    item = decided(procedure, DecisionAction.AMEND, editor)
    client.force_login(make_member(Role.MINISTRY_EDITOR, make_ministry("G16", "Bộ khác")))

    addresses = (address_of(item), f"/quan-tri/thu-tuc/{procedure.pk}/thay-doi/")
    answers = [client.get(address).status_code for address in addresses]

    assert answers == [404, 404]


def test_t4_item_is_not_found_under_another_decision(
    client: Client, procedure: Procedure, editor: User
) -> None:
    item = decided(procedure, DecisionAction.AMEND, editor)
    other = make_decision(
        (make_version(publishing_agency(procedure)).procedure, DecisionAction.AMEND, ENDS),
        agency=publishing_agency(procedure),
        editor=editor,
    )
    client.force_login(editor)

    answer = client.get(f"/quan-tri/quyet-dinh/{other.pk}/muc/{item.pk}/thay-doi/")

    assert answer.status_code == 404


def test_editor_sees_what_is_not_published(
    client: Client, procedure: Procedure, editor: User
) -> None:
    address = f"/quan-tri/thu-tuc/{procedure.pk}/thay-doi/"

    page = text_of(client, editor, address)
    edit_page = text_of(client, editor, f"/quan-tri/pages/{procedure.pk}/edit/")

    assert "công viên" in page
    assert f'href="{address}"' in edit_page


def test_approver_without_the_right_to_edit_is_refused(
    client: Client, procedure: Procedure, approver: User
) -> None:
    client.force_login(approver)

    assert client.get(f"/quan-tri/thu-tuc/{procedure.pk}/thay-doi/").status_code in (302, 403)


def test_visitor_is_asked_to_log_in(client: Client, procedure: Procedure) -> None:
    answer = client.get(f"/quan-tri/thu-tuc/{procedure.pk}/thay-doi/")

    assert answer.status_code == 302
