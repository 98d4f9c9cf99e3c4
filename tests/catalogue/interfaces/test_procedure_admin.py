import html
import re

import pytest
from django.test import Client

from catalogue.documents import compile_document, page_values
from catalogue.enums import DecisionAction, Role
from catalogue.models import Agency, AgencyPage, Field, Procedure
from catalogue.services.legal_acts import keep_acts
from catalogue.services.procedures import agency_page
from factories.catalogue import (
    SIGNED_ON,
    make_decision,
    make_full_document,
    make_member,
    make_ministry,
    make_operator,
    make_procedure,
    make_version,
)
from factories.editing import form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry() -> Agency:
    return make_ministry()


@pytest.fixture
def page(ministry: Agency) -> Procedure:
    return make_procedure(ministry, code="1.990001")


@pytest.fixture
def editor(ministry: Agency, page: Procedure, client: Client) -> Client:
    client.force_login(make_member(Role.MINISTRY_EDITOR, ministry))
    return client


def address(page: Procedure) -> str:
    return f"/quan-tri/pages/{page.pk}/edit/"


def plain(content: str) -> str:
    """The text of a screen, whose parts are JSON in attributes of HTML."""
    return re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), html.unescape(content))


def latest(page: Procedure) -> Procedure:
    return Procedure.objects.get(pk=page.pk).get_latest_revision_as_object()


@pytest.mark.parametrize("operator", [False, True])
def test_t3_only_an_operator_changes_the_agency_of_a_page(
    ministry: Agency, page: Procedure, client: Client, operator: bool
) -> None:
    other = make_ministry("G01", "Bộ Công an")
    user = make_operator() if operator else make_member(Role.MINISTRY_EDITOR, ministry)
    client.force_login(user)
    parent = agency_page(ministry)
    data = {"title": parent.title, "slug": parent.slug, "agency": other.pk}
    counts = {"comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}

    client.post(f"/quan-tri/pages/{parent.pk}/edit/", data | counts)

    saved = AgencyPage.objects.get(pk=parent.pk).get_latest_revision_as_object()
    assert saved.agency == (other if operator else ministry)


def test_editor_opens_the_form_in_vietnamese(editor: Client, page: Procedure) -> None:
    response = editor.get(address(page))

    assert response.status_code == 200
    for words in ("Thời hạn và phí, lệ phí", "Trình tự thực hiện", "Căn cứ pháp lý"):
        assert words in response.content.decode()


def test_saving_the_unchanged_form_keeps_document_and_keys(
    editor: Client, page: Procedure, ministry: Agency
) -> None:
    before = page.latest_revision_id

    response = editor.post(address(page), form_of(page))

    assert response.status_code == 302
    saved = latest(page)
    assert saved.latest_revision_id != before
    assert compile_document(saved, ministry) == make_full_document("1.990001") | {
        "agencies": make_full_document()["agencies"]
        | {"publishing": {"code": "G15", "name": "Bộ Tư pháp"}}
    }


def test_draft_with_empty_places_is_saved_as_it_is(editor: Client, page: Procedure) -> None:
    data = form_of(page) | {"steps-0-value-text": "", "legal_bases-0-value-act": ""}

    response = editor.post(address(page), data)

    assert response.status_code == 302
    saved = latest(page)
    assert saved.steps[0].value["text"] == ""
    assert saved.steps[1].value["text"] == page.steps[1].value["text"]


@pytest.mark.parametrize(
    ("place", "typed"),
    [
        ("sets", "hai bộ"),
        ("channels-0-value-time_limits-0-value-value", "năm ngày"),
        ("document_groups-0-value-documents-0-value-copies", "-3"),
        ("source_url", "dichvucong"),
    ],
)
def test_refused_draft_shows_all_that_was_typed_again(
    editor: Client, page: Procedure, place: str, typed: str
) -> None:
    data = form_of(page) | {place: typed, "steps-1-value-text": "Vừa gõ xong"}

    response = editor.post(address(page), data)

    shown = plain(response.content.decode())
    assert response.status_code == 200
    assert "những gì bạn nhập vẫn còn" in shown
    assert "Vừa gõ xong" in shown
    assert typed in shown


def test_places_to_mend_are_told_in_the_preview_in_words(editor: Client, page: Procedure) -> None:
    preview = f"/quan-tri/pages/{page.pk}/edit/preview/"

    editor.post(preview, form_of(page) | {"steps-0-value-text": ""})
    shown = editor.get(preview).content.decode()

    assert "Bước 1 › Nội dung thực hiện" in shown


def test_preview_begins_at_the_width_of_a_phone(editor: Client, page: Procedure) -> None:
    shown = editor.get(address(page)).content.decode()

    assert page.default_preview_size == "mobile"
    assert 'data-device-width="360"' in shown


def test_procedure_with_very_many_papers_is_saved(
    editor: Client, page: Procedure, ministry: Agency
) -> None:
    group = make_full_document()["document_groups"][0]
    papers = [group["documents"][0] | {"key": f"d{n}"} for n in range(300)]
    large = make_procedure(ministry, document_groups=[group | {"documents": papers}])

    response = editor.post(address(large), form_of(large))

    assert response.status_code == 302
    assert len(latest(large).document_groups[0].value["documents"]) == 300


def test_saving_a_new_part_gives_it_a_key_and_keeps_the_others(
    editor: Client, page: Procedure
) -> None:
    data = form_of(page)
    data |= {"steps-count": 3, "steps-2-deleted": "", "steps-2-order": 2, "steps-2-type": "step"}
    data |= {"steps-2-id": "", "steps-2-value-key": "", "steps-2-value-text": "Nhận giấy."}

    editor.post(address(page), data | {"steps-2-value-case": ""})

    keys = [step.value["key"] for step in latest(page).steps]
    assert keys[:2] == ["s1", "s2"]
    assert len(keys[2]) == 10


def test_code_of_a_stored_procedure_cannot_be_changed(editor: Client, page: Procedure) -> None:
    response = editor.post(address(page), form_of(page) | {"code": "1.990009"})

    assert response.status_code == 200
    assert "Mã thủ tục không thay đổi được" in response.content.decode()
    assert latest(page).code == "1.990001"


@pytest.mark.parametrize("button", ["action-publish", "action-submit"])
def test_t11_publishing_buttons_only_save_even_for_an_operator(
    page: Procedure, client: Client, button: str
) -> None:
    client.force_login(make_operator())

    response = client.post(address(page), form_of(page) | {button: "1"})

    assert response.status_code == 302
    page.refresh_from_db()
    assert not page.live
    assert page.current_workflow_state is None


def test_t11_new_page_is_not_published_even_by_an_operator(
    ministry: Agency, client: Client
) -> None:
    client.force_login(make_operator())
    parent = agency_page(ministry)
    document = make_full_document("1.990005")
    unsaved = Procedure(
        **page_values(document, keep_acts(document["legal_bases"], agency=ministry)),
        field=Field.objects.create(name=document["field"]["name"]),
    )

    client.post(
        f"/quan-tri/pages/add/catalogue/procedure/{parent.pk}/",
        form_of(unsaved) | {"action-publish": "1"},
    )

    made = Procedure.objects.get(code="1.990005")
    assert not made.live
    assert made.title == document["name"]


@pytest.mark.parametrize(
    "place", ["edit", "copy", "move", "delete", "unpublish", "history", "convert_alias"]
)
def test_t3_t4_editor_of_another_ministry_gets_nowhere(
    page: Procedure, client: Client, place: str
) -> None:
    client.force_login(make_member(Role.MINISTRY_EDITOR, make_ministry("G01", "Bộ Công an")))
    revisions = page.revisions.count()

    opened = client.get(f"/quan-tri/pages/{page.pk}/{place}/", follow=True)
    client.post(f"/quan-tri/pages/{page.pk}/{place}/", form_of(page))

    assert page.name not in opened.content.decode()
    assert page.revisions.count() == revisions
    assert Procedure.objects.filter(pk=page.pk).exists()


def test_editor_may_not_delete_what_a_decision_names(ministry: Agency, client: Client) -> None:
    editor = make_member(Role.MINISTRY_EDITOR, ministry)
    page = make_procedure(ministry, by=editor)
    make_decision((page, DecisionAction.ISSUE, SIGNED_ON), agency=ministry, editor=editor)
    client.force_login(editor)

    response = client.post(f"/quan-tri/pages/{page.pk}/delete/")

    assert response.status_code == 302
    assert Procedure.objects.filter(pk=page.pk).exists()


def test_t3_editor_may_not_delete_what_was_published(ministry: Agency, client: Client) -> None:
    version = make_version(ministry)
    client.force_login(make_member(Role.MINISTRY_EDITOR, ministry))

    client.post(f"/quan-tri/pages/{version.procedure_id}/delete/")

    assert Procedure.objects.filter(pk=version.procedure_id).exists()
