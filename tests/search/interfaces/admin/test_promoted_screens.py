from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from catalogue import clock
from catalogue.enums import Role
from catalogue.models import Agency
from factories.catalogue import make_member, make_ministry
from factories.editors_search import make_promoted
from search.models import PromotedAnswer

pytestmark = pytest.mark.django_db
ADD = "search_promoted:add"


@pytest.fixture
def ministry() -> Agency:
    return make_ministry()


@pytest.fixture
def editor(ministry: Agency, client: Client) -> Client:
    client.force_login(make_member(Role.MINISTRY_EDITOR, ministry))
    return client


def written(agency: Agency, **changes: Any) -> dict[str, Any]:
    words = {
        "phrases": "nghỉ tết",
        "answers": "/linh-vuc Mọi lĩnh vực",
        "reason": "Tết",
        "valid_from": clock.today().strftime("%d/%m/%Y"),
        "agency": agency.pk,
    }
    return words | changes


def test_editor_promotes_an_answer(editor: Client, ministry: Agency) -> None:
    editor.post(reverse(ADD), written(ministry))

    assert PromotedAnswer.objects.get().agency == ministry


def test_address_without_a_page_is_refused(editor: Client, ministry: Agency) -> None:
    response = editor.post(reverse(ADD), written(ministry, answers="/khong-co Trang"))

    assert response.context["form"].errors == {"answers": ["Cổng này không có trang /khong-co."]}


def test_every_field_has_help(editor: Client) -> None:
    form = editor.get(reverse(ADD), {"tu": "nghỉ lễ"}).context["form"]

    assert [field.name for field in form if not field.help_text] == []
    assert form["phrases"].value() == "nghỉ lễ"


def test_entry_shows_its_history(editor: Client, ministry: Agency) -> None:
    row = make_promoted(ministry)
    editor.post(reverse("search_promoted:edit", args=[row.pk]), written(ministry, reason="Lễ"))

    html = editor.get(reverse("search_promoted:inspect", args=[row.pk])).content.decode()

    assert "lý do: Tết → Lễ" in html


def test_t9_forged_agency_is_refused(editor: Client, ministry: Agency) -> None:
    editor.post(reverse(ADD), written(make_ministry("G16", "Bộ Khác")))

    assert not PromotedAnswer.objects.exists()
