from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalogue import clock
from catalogue.enums import Role
from catalogue.models import Agency
from factories.catalogue import make_member, make_ministry
from factories.editors_search import LICENCE, index_names, make_synonym
from search.engines import SearchEngine
from search.models import Synonym

pytestmark = pytest.mark.django_db
ADD = "search_synonyms:add"


@pytest.fixture
def ministry() -> Agency:
    return make_ministry()


@pytest.fixture
def editor(ministry: Agency, client: Client, engine: SearchEngine) -> Client:
    index_names(engine, p1="Đăng ký kết hôn", p2="Đổi giấy phép lái xe")
    client.force_login(make_member(Role.MINISTRY_EDITOR, ministry))
    return client


def written(agency: Agency, **changes: Any) -> dict[str, Any]:
    words = {
        "says": "bằng lụa",
        "means": "giấy phép lái xe",
        "source": "speech",
        "query": "mất bằng lụa",
        "finds": LICENCE,
        "weight": "1",
        "valid_from": clock.today().strftime("%d/%m/%Y"),
        "agency": agency.pk,
    }
    return words | changes


def test_editor_adds_a_synonym_and_reads_what_it_does(editor: Client, ministry: Agency) -> None:
    response = editor.post(reverse(ADD), written(ministry), follow=True)

    assert Synonym.objects.get().agency == ministry
    html = response.content.decode()
    assert "Truy vấn thử cho thấy mục này có tác dụng." in html
    assert "Không có mục này: ngoài 10 kết quả đầu. Có mục này: vị trí 1." in html


def test_unproven_synonym_says_why_and_lets_the_editor_insist(
    editor: Client, ministry: Agency
) -> None:
    asked = written(ministry, means="kết hôn")

    first = editor.get(reverse(ADD)).content.decode()
    refused = editor.post(reverse(ADD), asked).content.decode()
    none_yet = Synonym.objects.count()
    editor.post(reverse(ADD), asked | {"unproven": "on"})

    assert "Vẫn lưu" not in first
    assert "Vẫn lưu" in refused
    assert "Thủ tục phải nằm trong 3 kết quả đầu" in refused
    assert (none_yet, Synonym.objects.count()) == (0, 1)


def test_end_before_the_beginning_is_refused_at_its_field(editor: Client, ministry: Agency) -> None:
    response = editor.post(reverse(ADD), written(ministry, valid_to="01/01/2020"))

    assert response.context["form"].errors == {"valid_to": ["Ngày kết thúc phải sau ngày bắt đầu."]}


def test_form_begins_with_the_query_that_failed(editor: Client) -> None:
    form = editor.get(reverse(ADD), {"tu": "cắt khẩu"}).context["form"]

    assert (form["says"].value(), form["query"].value()) == ("cắt khẩu", "cắt khẩu")


def test_every_field_has_help(editor: Client) -> None:
    form = editor.get(reverse(ADD)).context["form"]

    assert [field.name for field in form if not field.help_text] == []


def test_entry_shows_its_history_and_its_test_of_today(editor: Client, ministry: Agency) -> None:
    editor.post(reverse(ADD), written(ministry))
    row = Synonym.objects.get()
    editor.post(
        reverse("search_synonyms:edit", args=[row.pk]),
        written(ministry, means="đổi giấy phép lái xe", weight="0.8"),
    )

    html = editor.get(reverse("search_synonyms:inspect", args=[row.pk])).content.decode()

    assert "trọng số: 1 → 0,8" in html
    assert "văn bản viết: giấy phép lái xe → đổi giấy phép lái xe" in html
    assert "Có mục này: vị trí 1." in html


def test_t9_forged_agency_is_refused(editor: Client, ministry: Agency) -> None:
    editor.post(reverse(ADD), written(make_ministry("G16", "Bộ Khác")))

    assert not Synonym.objects.exists()


@pytest.mark.parametrize("screen", ["edit", "inspect"])
def test_t4_entry_of_another_agency_is_not_found(editor: Client, screen: str) -> None:
    row = make_synonym(make_ministry("G16", "Bộ Khác"))

    assert editor.get(reverse(f"search_synonyms:{screen}", args=[row.pk])).status_code == 404


def test_list_asks_as_often_for_three_as_for_one(editor: Client, ministry: Agency) -> None:
    asked = []
    for words in (["một"], ["hai", "ba"]):
        for says in words:
            make_synonym(ministry, says=says)
        editor.get(reverse("search_synonyms:index"))
        with CaptureQueriesContext(connection) as queries:
            editor.get(reverse("search_synonyms:index"))
        asked.append(len(queries))

    assert asked[0] == asked[1]
