from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalogue import clock
from catalogue.enums import JobState, Role
from catalogue.models import Job
from factories.catalogue import make_member, make_ministry, make_operator
from factories.editors_search import index_names
from search.engines import SearchEngine
from search.models import AskedQuery, MissingAnswer
from search.services.missing_answers import report_missing

pytestmark = pytest.mark.django_db
OVERVIEW = "search_admin:overview"


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_member(Role.MINISTRY_EDITOR, make_ministry()))
    return client


def ask(text: str, *, days_ago: int = 0, **counts: int) -> None:
    AskedQuery.objects.create(
        text=text, day=clock.today() - timedelta(days=days_ago), **{"asked": 9} | counts
    )


def test_failed_queries_come_by_frequency_with_their_trend(
    editor: Client, engine: SearchEngine
) -> None:
    ask("cắt khẩu", found_nothing=2)
    ask("cắt khẩu", days_ago=29, reformulated=3)
    ask("cắt khẩu", days_ago=30, found_nothing=1)
    ask("sổ hồng", reformulated=1)
    ask("sổ hồng", days_ago=59, found_nothing=8)
    ask("kết hôn")

    queries = editor.get(reverse(OVERVIEW)).context["queries"]

    told = [(each.text, each.asked, each.failures, each.trend) for each, _words in queries]
    assert told == [("cắt khẩu", 18, 5, 4), ("sổ hồng", 9, 1, -7)]


def test_failed_query_leads_to_the_test_box_and_to_a_synonym(
    editor: Client, engine: SearchEngine
) -> None:
    ask("cắt khẩu", found_nothing=2)

    html = editor.get(reverse(OVERVIEW)).content.decode()

    assert 'href="/quan-tri/tim-kiem/thu/?q=c%E1%BA%AFt%20kh%E1%BA%A9u"' in html
    assert 'href="/quan-tri/search_synonyms/new/?tu=c%E1%BA%AFt%20kh%E1%BA%A9u"' in html


def test_d1_masked_number_is_named_and_not_asked_again(
    editor: Client, engine: SearchEngine
) -> None:
    ask("tạm trú [identity number] [phone]", found_nothing=2)

    html = editor.get(reverse(OVERVIEW)).content.decode()

    assert "tạm trú [số giấy tờ] [số điện thoại]" in html
    assert '?q=t%E1%BA%A1m%20tr%C3%BA"' in html


def test_index_is_told_with_its_figures(editor: Client, engine: SearchEngine) -> None:
    index_names(engine, p1="Đăng ký kết hôn", p2="Tách hộ")

    status = editor.get(reverse(OVERVIEW)).context["status"]

    assert (status.documents, status.lag, status.facts.engine) == (2, 0, "tantivy")
    assert status.facts.size > 0
    assert abs(status.facts.built_at - clock.now()) < timedelta(minutes=1)


def test_missing_index_is_told(editor: Client, search_dir: object) -> None:
    html = editor.get(reverse(OVERVIEW)).content.decode()

    assert "Chưa có chỉ mục dùng được" in html


def test_open_reports_are_shown_and_settled_ones_are_not(
    editor: Client, engine: SearchEngine
) -> None:
    report_missing(query="cắt khẩu", note="chuyển tỉnh")
    MissingAnswer.objects.create(query="xong rồi", handled_at=clock.now())

    html = editor.get(reverse(OVERVIEW)).content.decode()

    assert "chuyển tỉnh" in html
    assert "xong rồi" not in html


def test_editor_settles_a_report(editor: Client) -> None:
    missing = report_missing(query="cắt khẩu", note="chuyển tỉnh")
    address = reverse("search_missing:edit", args=[missing.pk])

    html = editor.get(address).content.decode()
    editor.post(address, {"outcome": "Đã thêm từ"})

    assert "chuyển tỉnh" in html
    assert MissingAnswer.objects.get().outcome == "Đã thêm từ"


@pytest.fixture
def operator(client: Client, engine: SearchEngine) -> Client:
    make_ministry()
    client.force_login(make_operator())
    return client


def test_operator_asks_for_a_rebuild_once(operator: Client) -> None:

    for _ in range(2):
        response = operator.post(reverse("search_admin:rebuild"), follow=True)

    assert Job.objects.filter(kind="search.rebuild").count() == 1
    assert "Sắp dựng chỉ mục mới." in response.content.decode()


def test_t4_editor_asks_for_no_rebuild(editor: Client, engine: SearchEngine) -> None:
    html = editor.get(reverse(OVERVIEW)).content.decode()
    response = editor.post(reverse("search_admin:rebuild"))

    assert "Dựng lại chỉ mục" not in html
    assert response.status_code in {302, 403}
    assert not Job.objects.filter(kind="search.rebuild").exists()


def test_given_up_rebuild_is_told(operator: Client) -> None:
    Job.objects.create(kind="search.rebuild", state=JobState.DEAD)

    assert "không thành công" in operator.get(reverse(OVERVIEW)).content.decode()


@pytest.mark.parametrize("screen", ["overview", "try"])
@pytest.mark.parametrize("role", [Role.MINISTRY_APPROVER, Role.COUNTER_OFFICER])
def test_t4_others_see_nothing(client: Client, role: str, screen: str) -> None:
    ask("cắt khẩu", found_nothing=2)
    agency = make_ministry() if role == Role.MINISTRY_APPROVER else None
    client.force_login(make_member(role, agency))

    response = client.get(reverse(f"search_admin:{screen}"), {"q": "cắt khẩu"}, follow=True)

    assert "cắt khẩu" not in response.content.decode()


def test_overview_asks_as_often_for_three_as_for_one(editor: Client, engine: SearchEngine) -> None:
    asked = []
    for texts in (["một"], ["hai", "ba"]):
        for text in texts:
            ask(text, found_nothing=1)
            report_missing(query=text)
        editor.get(reverse(OVERVIEW))
        with CaptureQueriesContext(connection) as queries:
            editor.get(reverse(OVERVIEW))
        asked.append(len(queries))

    assert asked[0] == asked[1]
