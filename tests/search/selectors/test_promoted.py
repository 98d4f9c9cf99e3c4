from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue import clock
from factories.catalogue import make_version
from factories.editors_search import make_promoted
from search.selectors.promoted import PromotedLink, promoted_for

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.mark.parametrize("typed", ["nghỉ tết", "NGHI TET", "lich nghi  tết nguyên đán"])
def test_answer_stands_above_queries_that_hold_a_phrase(typed: str) -> None:
    make_promoted(phrases="lễ\nNghỉ Tết", message="Cơ quan nghỉ từ 28 tháng Chạp.")

    [promotion] = promoted_for(typed)

    assert promotion.message == "Cơ quan nghỉ từ 28 tháng Chạp."
    assert promotion.links == [PromotedLink("/linh-vuc", "Mọi lĩnh vực")]


@pytest.mark.parametrize("typed", ["", "nghỉ", "tết nghỉ", "nghỉ ngày tết"])
def test_answer_stands_above_no_other_query(typed: str) -> None:
    make_promoted(phrases="nghỉ tết")

    assert promoted_for(typed) == []


def test_procedure_is_shown_by_its_name_of_today() -> None:
    make_version(code="1.004873", name="Đăng ký kết hôn")
    make_promoted(answers="9.999999\n1.004873")

    [promotion] = promoted_for("nghi tet")

    assert promotion.links == [
        PromotedLink("/thu-tuc/1.004873", "Đăng ký kết hôn", "1.004873"),
    ]


def test_answer_whose_procedures_ended_is_not_shown() -> None:
    make_promoted(answers="9.999999")

    assert promoted_for("nghi tet") == []


def test_answer_begins_and_ends_by_date_without_a_job() -> None:
    today = clock.today()
    make_promoted(valid_from=today + DAY, valid_to=today + 2 * DAY)
    shown = []
    for days in range(3):
        with clock.frozen(clock.now() + days * DAY):
            shown.append(len(promoted_for("nghỉ tết")))

    assert shown == [0, 1, 0]


def test_other_queries_ask_the_database_nothing() -> None:
    make_promoted()
    promoted_for("sổ đỏ")

    with CaptureQueriesContext(
        connection,
    ) as asked:
        for _ in range(20):
            promoted_for("sổ đỏ")

    assert len(asked) == 0
