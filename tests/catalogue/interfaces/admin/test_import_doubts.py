import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalogue.enums import Role
from catalogue.models import Agency, AuditEntry, ImportDoubt, Procedure
from catalogue.services.settle_doubts import settle_doubts
from factories.catalogue import make_member, make_ministry, make_procedure
from portal.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry() -> Agency:
    return make_ministry()


@pytest.fixture
def editor(ministry: Agency) -> User:
    return make_member(Role.MINISTRY_EDITOR, ministry)


@pytest.fixture
def page(ministry: Agency) -> Procedure:
    return make_procedure(ministry, code="1.990001")


def doubt_of(page: Procedure, place: str = "document_groups", text: str = "Lưu ý") -> ImportDoubt:
    return ImportDoubt.objects.create(procedure=page, rule="heading", place=place, text=text)


def test_empty_list_says_so_and_offers_nothing_to_settle(client: Client) -> None:
    client.force_login(make_member(Role.MINISTRY_EDITOR, make_ministry()))

    html = client.get("/quan-tri/import_doubts/").content.decode()
    searched = client.get("/quan-tri/import_doubts/?q=khong").content.decode()

    assert "Ở đây chưa có gì." in html
    assert 'id="settle"' not in html
    assert "Không có mục nào như vậy" in searched


def test_editor_sees_open_doubts_with_their_place_and_the_way_to_the_editor(
    client: Client, editor: User, page: Procedure
) -> None:
    doubt_of(page, f"document_groups/{page.document_groups[1].value['key']}")
    client.force_login(editor)

    shown = client.get(reverse("import_doubts:index")).content.decode()

    assert "Nhóm giấy tờ 2" in shown
    assert f"/quan-tri/pages/{page.pk}/edit/" in shown


def test_several_doubts_are_settled_at_once_and_leave_the_list(
    client: Client, editor: User, page: Procedure
) -> None:
    doubts = [doubt_of(page, text=f"Lưu ý {n}") for n in range(3)]
    client.force_login(editor)

    response = client.post(
        reverse("import_doubts:settle"), {"doubt": [doubts[0].pk, doubts[2].pk, "x"]}, follow=True
    )

    assert list(response.context["object_list"]) == [doubts[1]]
    settled = ImportDoubt.objects.filter(settled_by=editor, settled_at__isnull=False)
    assert set(settled) == {doubts[0], doubts[2]}
    assert AuditEntry.objects.filter(action="import_doubt.settled").count() == 2
    again = client.get(reverse("import_doubts:index"), {"state": "settled"})
    assert set(again.context["object_list"]) == {doubts[0], doubts[2]}


def test_settling_twice_keeps_who_looked_first(editor: User, page: Procedure) -> None:
    doubt = doubt_of(page)
    settle_doubts(doubts=ImportDoubt.objects.all(), by=editor)
    other = make_member(Role.MINISTRY_EDITOR, Agency.objects.get(page__path=page.path[:-4]))

    count = settle_doubts(doubts=ImportDoubt.objects.all(), by=other)

    doubt.refresh_from_db()
    assert (count, doubt.settled_by) == (0, editor)


def test_t3_doubts_of_another_ministry_are_neither_seen_nor_settled(
    client: Client, page: Procedure
) -> None:
    doubt = doubt_of(page)
    stranger = make_member(Role.MINISTRY_EDITOR, make_ministry("G01", "Bộ Công an"))
    client.force_login(stranger)

    listed = client.get(reverse("import_doubts:index"))
    client.post(reverse("import_doubts:settle"), {"doubt": [doubt.pk]})

    doubt.refresh_from_db()
    assert list(listed.context["object_list"]) == []
    assert doubt.settled_at is None
    with pytest.raises(PermissionDenied):
        settle_doubts(doubts=ImportDoubt.objects.all(), by=stranger)


def test_list_asks_as_often_for_three_doubts_as_for_one(
    client: Client, editor: User, ministry: Agency
) -> None:
    client.force_login(editor)
    asked = []
    for more in (1, 2):
        for _number in range(more):
            doubt_of(make_procedure(ministry))
        client.get(reverse("import_doubts:index"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("import_doubts:index"))
        asked.append(len(queries))

    assert asked[0] == asked[1]
