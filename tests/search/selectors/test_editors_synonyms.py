from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue import clock
from factories.editors_search import LICENCE, index_names, make_synonym
from search.engines import SearchEngine
from search.models import EditorsChange, Synonym
from search.selectors import editors_version as versions
from search.selectors import search_procedures
from search.selectors.editors_version import editors_version

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WORDS = {"says": "bằng lụa", "means": "giấy phép lái xe"}


@pytest.fixture(autouse=True)
def names(engine: SearchEngine) -> None:
    index_names(engine, p1="Đăng ký kết hôn", p2="Đổi giấy phép lái xe")


def found(text: str) -> list[str]:
    return [item.code for item in search_procedures(text).items]


def test_synonym_holds_from_its_first_day_until_its_last() -> None:
    today = clock.today()
    make_synonym(**WORDS, valid_from=today + DAY, valid_to=today + 2 * DAY)
    answers = []
    for days in range(3):
        with clock.frozen(clock.now() + days * DAY):
            answers.append(found("bằng lụa"))

    assert answers == [[], [LICENCE], []]


def test_change_of_another_process_is_seen_within_seconds(monkeypatch) -> None:
    synonym = make_synonym(**WORDS)
    assert found("bằng lụa") == [LICENCE]
    Synonym.objects.filter(pk=synonym.pk).update(says="bằng nhung")
    change = EditorsChange.objects.get()
    change.pk = None
    change.save()
    at_once = found("bằng nhung")
    monkeypatch.setattr(versions, "SECONDS", 0.0)

    assert (at_once, found("bằng nhung")) == ([], [LICENCE])


def test_searches_ask_the_database_once_in_two_seconds() -> None:
    make_synonym(**WORDS)
    found("bằng lụa")

    with CaptureQueriesContext(connection) as asked:
        for _ in range(20):
            found("bằng lụa")

    assert len(asked) == 0


def test_r2_last_words_hold_while_the_database_is_away(monkeypatch) -> None:
    make_synonym(**WORDS)
    before = editors_version()
    monkeypatch.setattr(versions, "SECONDS", 0.0)
    monkeypatch.setattr(EditorsChange._meta, "db_table", "search_nothing")

    assert editors_version() == before
