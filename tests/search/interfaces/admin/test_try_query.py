import pytest
from django.test import Client
from django.urls import reverse

from catalogue.enums import Role
from catalogue.models import Agency
from factories.catalogue import make_member, make_ministry
from factories.editors_search import LICENCE, MARRIAGE, index_names, make_promoted, make_synonym
from search.engines import SearchEngine

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry() -> Agency:
    return make_ministry()


@pytest.fixture
def editor(ministry: Agency, client: Client) -> Client:
    client.force_login(make_member(Role.MINISTRY_EDITOR, ministry))
    return client


@pytest.fixture
def names(engine: SearchEngine) -> None:
    index_names(engine, p1="Đăng ký kết hôn", p2="Đổi giấy phép lái xe", p3="Tách hộ")


def tried(editor: Client, q: str) -> str:
    return str(editor.get(reverse("search_admin:try"), {"q": q}).content.decode())


@pytest.mark.usefixtures("names")
def test_steps_are_shown_in_words(editor: Client, ministry: Agency) -> None:
    make_synonym(ministry, says="bằng lụa", means="giấy phép lái xe", weight="0.80")

    html = tried(editor, "tôi muốn đổi bằng lụa")

    assert "tôi · muốn · đổi · bằng · lụa" in html
    assert "“bằng lụa” → “giấy phép lái xe”" in html
    assert "của biên tập viên" in html
    assert "“tôi muốn” <span" in html
    assert LICENCE in html
    assert "tên thủ tục" in html


@pytest.mark.usefixtures("names")
def test_points_of_the_parts_make_up_the_points(editor: Client) -> None:
    response = editor.get(reverse("search_admin:try"), {"q": "đăng ký kết hôn"})

    answers = response.context["explained"].answers
    assert answers[0].code == MARRIAGE
    assert answers[0].score > 0
    assert sum(amount for _, amount in answers[0].parts) == pytest.approx(
        answers[0].score, rel=0.01
    )


@pytest.mark.usefixtures("names")
@pytest.mark.parametrize("q", ["", " ", "…", "1.000001", "xyzzy", '" OR *:* --', "a " * 300])
def test_q1_q2_any_text_is_explained(editor: Client, q: str) -> None:
    assert editor.get(reverse("search_admin:try"), {"q": q}).status_code == 200


@pytest.mark.usefixtures("names")
def test_q7_markup_in_a_query_is_text(editor: Client) -> None:
    html = tried(editor, "<script>alert(1)</script>")

    assert "<script>alert(1)" not in html


@pytest.mark.usefixtures("names")
def test_promoted_answer_is_shown_as_readers_see_it(editor: Client) -> None:
    make_promoted(phrases="tách hộ", message="Xem trang lĩnh vực.")

    assert "Xem trang lĩnh vực." in tried(editor, "tach ho")


def test_missing_index_is_told(editor: Client, search_dir: object) -> None:
    assert "Chưa có chỉ mục dùng được" in tried(editor, "kết hôn")
