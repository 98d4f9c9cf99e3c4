from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from catalogue.enums import Role
from catalogue.models import Agency, AuditEntry, LegalAct
from factories.catalogue import make_legal_act, make_member, make_ministry

pytestmark = pytest.mark.django_db

WORDS = {"number": "61/2018/NĐ-CP", "title": "Về cơ chế một cửa", "issued_on": "23/04/2018"}


@pytest.fixture
def ministry() -> Agency:
    return make_ministry()


@pytest.fixture
def editor(ministry: Agency, client: Client) -> Client:
    client.force_login(make_member(Role.MINISTRY_EDITOR, ministry))
    return client


def written(agency: Agency, **changes: Any) -> dict[str, Any]:
    return WORDS | {"issuer": "Chính phủ", "agency": agency.pk} | changes


def test_editor_adds_an_act_with_a_day_of_this_country(editor: Client, ministry: Agency) -> None:
    response = editor.post(reverse("legal_acts:add"), written(ministry))

    assert response.status_code == 302
    act = LegalAct.objects.get()
    assert (act.number, act.issuer, f"{act.issued_on}") == (
        "61/2018/NĐ-CP",
        "Chính phủ",
        "2018-04-23",
    )
    assert AuditEntry.objects.filter(action="legal_act.stored", object_id=str(act.pk)).count() == 1


def test_act_that_is_listed_already_is_refused_with_the_mend(
    editor: Client, ministry: Agency
) -> None:
    make_legal_act("61/2018/NĐ-CP", title="VỀ CƠ CHẾ MỘT CỬA")

    response = editor.post(reverse("legal_acts:add"), written(ministry))

    assert "đã có trong danh sách" in response.content.decode()
    assert LegalAct.objects.count() == 1


def test_editor_changes_the_act_that_the_own_agency_keeps(editor: Client, ministry: Agency) -> None:
    act = make_legal_act("61/2018/NĐ-CP", agency=ministry)

    editor.post(reverse("legal_acts:edit", args=[act.pk]), written(ministry))

    assert LegalAct.objects.get().title == "Về cơ chế một cửa"


def test_t3_editor_sees_but_does_not_change_the_act_of_another(
    editor: Client, ministry: Agency
) -> None:
    act = make_legal_act("61/2018/NĐ-CP", agency=make_ministry("G01", "Bộ Công an"))

    seen = editor.get(reverse("legal_acts:inspect", args=[act.pk]))
    address = reverse("legal_acts:edit", args=[act.pk])
    saved = editor.post(address, written(ministry))

    assert seen.status_code == 200
    assert address not in seen.content.decode()
    assert (editor.get(address).status_code, saved.status_code) == (404, 404)
    assert LegalAct.objects.get().title == ""


def test_list_leads_to_the_form_of_own_acts_only(editor: Client, ministry: Agency) -> None:
    own = make_legal_act("61/2018/NĐ-CP", agency=ministry)
    foreign = make_legal_act("72/2020/QH14", agency=make_ministry("G01", "Bộ Công an"))

    shown = editor.get(reverse("legal_acts:index")).content.decode()

    assert reverse("legal_acts:edit", args=[own.pk]) in shown
    assert reverse("legal_acts:edit", args=[foreign.pk]) not in shown
    assert reverse("legal_acts:inspect", args=[foreign.pk]) in shown


def test_t3_editor_does_not_lay_an_act_at_another_agency(editor: Client) -> None:
    other = make_ministry("G01", "Bộ Công an")

    editor.post(reverse("legal_acts:add"), written(other))

    assert not LegalAct.objects.exists()


@pytest.mark.parametrize("query", ["co che mot cua", "61/2018", "CƠ CHẾ", "chinh phu"])
def test_chooser_finds_an_act_without_accents(editor: Client, query: str) -> None:
    make_legal_act("61/2018/NĐ-CP", title="Về cơ chế một cửa", issuer="Chính phủ")
    make_legal_act("72/2020/QH14", title="Luật Bảo vệ môi trường")

    response = editor.get(reverse("legal_act_chooser:choose_results"), {"q": query})

    assert [act.number for act in response.context["results"]] == ["61/2018/NĐ-CP"]


def test_act_added_in_the_chooser_is_chosen_at_once(editor: Client, ministry: Agency) -> None:
    response = editor.post(reverse("legal_act_chooser:create"), written(ministry))

    assert response.json()["step"] == "chosen"
    assert response.json()["result"]["id"] == str(LegalAct.objects.get().pk)


def test_act_refused_in_the_chooser_keeps_what_was_typed(editor: Client, ministry: Agency) -> None:
    make_legal_act("61/2018/NĐ-CP", title="Về cơ chế một cửa")

    response = editor.post(reverse("legal_act_chooser:create"), written(ministry))

    assert response.json()["step"] == "reshow_creation_form"
    assert "đã có trong danh sách" in response.json()["htmlFragment"]
    assert "Chính phủ" in response.json()["htmlFragment"]


@pytest.mark.parametrize(
    "name", ["choose", "choose_results", "chosen", "chosen_multiple", "create"]
)
def test_t4_chooser_is_closed_to_those_who_do_not_edit(client: Client, name: str) -> None:
    act = make_legal_act("61/2018/NĐ-CP")
    client.force_login(make_member(Role.AGENCY_ADMINISTRATOR))
    arguments = [act.pk] if name == "chosen" else []

    response = client.get(reverse(f"legal_act_chooser:{name}", args=arguments))

    assert response.status_code in {302, 403}
    assert "61/2018" not in response.content.decode()
