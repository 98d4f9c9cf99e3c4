from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from catalogue import clock
from catalogue.documents import compile_document, keys_in
from catalogue.enums import Role
from catalogue.models import Agency, AgencyPage, AuditEntry, FormerCode, Procedure, ProcedureVersion
from catalogue.services.copy_procedure import copy_procedure
from catalogue.services.procedures import agency_page
from factories.catalogue import make_member, make_ministry, make_procedure, make_version
from portal.accounts.models import User

pytestmark = pytest.mark.django_db
NAME = "Đăng ký kết hôn lưu động"


@pytest.fixture
def source() -> ProcedureVersion:
    return make_version(code="1.990001", begins=clock.today() - timedelta(days=1))


@pytest.fixture
def ministry() -> Agency:
    return make_ministry()


@pytest.fixture
def parent(ministry: Agency) -> AgencyPage:
    return agency_page(ministry)


@pytest.fixture
def editor(ministry: Agency) -> User:
    return make_member(Role.MINISTRY_EDITOR, ministry)


def copied(
    source: ProcedureVersion, parent: AgencyPage, by: User, code: str = "1.990002", name: str = NAME
) -> Procedure:
    return copy_procedure(source=source, code=code, name=name, parent=parent, by=by)


def test_copy_has_all_parts_under_fresh_keys_and_is_a_draft(
    source: ProcedureVersion, parent: AgencyPage, editor: User
) -> None:
    page = copied(source, parent, editor)

    document = compile_document(page.get_latest_revision_as_object(), parent.agency)
    assert (document["code"], document["name"]) == ("1.990002", NAME)
    assert set(keys_in(document)).isdisjoint(keys_in(source.document))
    assert len(list(keys_in(document))) == len(list(keys_in(source.document)))
    assert [step["text"] for step in document["steps"]] == [
        step["text"] for step in source.document["steps"]
    ]
    assert document["legal_bases"][0]["number"] == source.document["legal_bases"][0]["number"]
    assert document["source"] == {"decision_number": None, "url": None}
    assert not page.live
    assert not page.versions.exists()
    assert page.get_parent().pk == parent.pk


def test_copy_is_written_by_the_one_who_copied(
    source: ProcedureVersion, parent: AgencyPage, editor: User
) -> None:
    page = copied(source, parent, editor)

    assert page.revisions.get().user == editor
    entry = AuditEntry.objects.get(action="copy_procedure")
    assert (entry.user_id, entry.object_id) == (editor.pk, str(page.pk))


def test_t3_nobody_copies_into_another_agency(source: ProcedureVersion, parent: AgencyPage) -> None:
    stranger = make_member(Role.MINISTRY_EDITOR, make_ministry("G01", "Bộ Công an"))

    with pytest.raises(PermissionDenied):
        copied(source, parent, stranger)

    assert not Procedure.objects.filter(code="1.990002").exists()


@pytest.mark.parametrize(
    ("code", "name", "field"),
    [
        ("1.990001", NAME, "code"),
        ("9.000009", NAME, "code"),
        ("mã", NAME, "code"),
        ("1.99", " ", "name"),
    ],
)
def test_copy_needs_a_code_of_its_own_and_a_name(
    source: ProcedureVersion, parent: AgencyPage, editor: User, code: str, name: str, field: str
) -> None:
    FormerCode.objects.create(code="9.000009", procedure=source.procedure)

    with pytest.raises(ValidationError) as refused:
        copied(source, parent, editor, code, name)

    assert list(refused.value.message_dict) == [field]


@pytest.mark.parametrize("query", ["1.990001", "dang ky ket hon", "Kết hôn"])
def test_editor_finds_the_source_names_the_copy_and_edits_it(
    client: Client, parent: AgencyPage, editor: User, query: str
) -> None:
    make_version(code="1.990001", name="Đăng ký kết hôn", begins=clock.today() - timedelta(days=1))
    client.force_login(editor)
    address = reverse("catalogue_copying:copy", args=[parent.pk])

    listing = client.get(reverse("wagtailadmin_explore", args=[parent.pk])).content.decode()
    found = client.get(address, {"q": query}).content.decode()
    named = client.get(address, {"nguon": "1.990001"}).content.decode()
    response = client.post(f"{address}?nguon=1.990001", {"code": "1.990002", "name": NAME})

    page = Procedure.objects.get(code="1.990002")
    assert address in listing
    assert "?nguon=1.990001" in found
    assert "Đăng ký kết hôn" in named
    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_refused_copy_keeps_what_was_typed(
    client: Client, source: ProcedureVersion, parent: AgencyPage, editor: User
) -> None:
    client.force_login(editor)
    address = reverse("catalogue_copying:copy", args=[parent.pk])

    response = client.post(f"{address}?nguon=1.990001", {"code": "1.990001", "name": NAME})

    shown = response.content.decode()
    assert response.status_code == 200
    assert NAME in shown
    assert "là mã của một thủ tục khác" in shown


def test_t4_draft_of_another_agency_is_neither_found_nor_copied(
    client: Client, parent: AgencyPage, editor: User
) -> None:
    make_procedure(code="1.990003", name="Bản nháp không được lộ")
    client.force_login(editor)
    address = reverse("catalogue_copying:copy", args=[parent.pk])

    found = client.get(address, {"q": "ban nhap khong duoc lo"}).content.decode()
    by_code = client.get(address, {"q": "1.990003"}).content.decode()
    opened = client.get(address, {"nguon": "1.990003"})

    assert "Bản nháp không được lộ" not in found + by_code
    assert opened.status_code == 404


def test_t3_copying_under_the_page_of_another_agency_is_not_found(
    client: Client, parent: AgencyPage
) -> None:
    client.force_login(make_member(Role.MINISTRY_EDITOR, make_ministry("G01", "Bộ Công an")))

    response = client.get(reverse("catalogue_copying:copy", args=[parent.pk]))

    assert response.status_code == 404
