from datetime import timedelta

import pytest

from catalogue import clock
from search.models import AskedQuery, MissingAnswer
from search.services import asked_queries
from search.services.asked_queries import (
    forget_asked,
    note_asked,
    write_asked,
    write_asked_when_due,
)

pytestmark = pytest.mark.django_db


def rows() -> list[tuple[str, int, int, int]]:
    kept = AskedQuery.objects.order_by("text")
    return list(kept.values_list("text", "asked", "found_nothing", "reformulated"))


@pytest.mark.both_databases
def test_queries_are_counted_by_text_and_day() -> None:
    note_asked("Sổ đỏ", found=3)
    note_asked("sổ  đỏ ", found=0)
    write_asked()
    note_asked("sổ đỏ", found=3)
    note_asked("cắt khẩu", found=0)
    write_asked()

    assert rows() == [("cắt khẩu", 1, 1, 0), ("sổ đỏ", 3, 1, 0)]
    assert set(AskedQuery.objects.values_list("day", flat=True)) == {clock.today()}


def test_request_writes_nothing(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        note_asked("sổ đỏ", found=3)


def test_other_words_from_the_page_of_an_answer_are_counted_there() -> None:
    note_asked("làm lại sổ đỏ bị mất", found=4, before="sổ đỏ")
    note_asked("kết hôn", found=4, before="sổ đỏ")
    note_asked("thủ tục kết hôn", found=4, before="thủ tục tách hộ")
    note_asked("tách hộ", found=4, before="tách hộ")
    write_asked()

    assert [text for text, _asked, _nothing, again in rows() if again] == ["sổ đỏ"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("tra cứu 001089012345", "tra cứu [identity number]"),
        ("gọi 0912 345 678 làm hộ chiếu", "gọi [phone] làm hộ chiếu"),
        ("hộ chiếu an@example.vn", "hộ chiếu [e-mail]"),
        ("1.004873", "1.004873"),
    ],
)
def test_d1_q8_numbers_of_people_are_masked_before_they_are_counted(typed: str, kept: str) -> None:
    note_asked(typed, found=1)
    write_asked()

    assert [row[0] for row in rows()] == [kept]


@pytest.mark.parametrize(
    "typed",
    ["nguyễn văn an", "tra giấy tờ của Tran Thi Hoa", "hồ sơ ông Lê Hoàng Nam", "NGUYỄN VĂN AN"],
)
def test_d1_q8_queries_that_name_a_person_are_not_counted(typed: str) -> None:
    note_asked(typed, found=0)
    write_asked()

    assert rows() == []


@pytest.mark.parametrize(
    "typed",
    ["lý lịch tư pháp", "hồ sơ đất đai", "Đăng Ký Kết Hôn", "phan loại đất", "lê phí trước bạ"],
)
def test_queries_that_only_look_alike_are_counted(typed: str) -> None:
    note_asked(typed, found=0)
    write_asked()

    assert len(rows()) == 1


def test_answers_write_only_when_due(monkeypatch) -> None:
    note_asked("sổ đỏ", found=3)
    write_asked_when_due()
    early = rows()
    monkeypatch.setattr(asked_queries, "WRITTEN_EVERY", 0.0)
    write_asked_when_due()

    assert (early, len(rows())) == ([], 1)


def test_flood_of_texts_stays_bounded(monkeypatch) -> None:
    monkeypatch.setattr(asked_queries, "MOST_TEXTS", 3)
    for number in range(10):
        note_asked(f"chữ {number}", found=0)

    assert write_asked() == 3


def test_many_texts_are_written_in_short_transactions() -> None:
    for number in range(250):
        note_asked(f"chữ {number}", found=1)

    assert write_asked() == 250
    assert len(rows()) == 250


def test_fault_of_the_database_loses_figures_and_nothing_else(monkeypatch) -> None:
    note_asked("a" * 150, found=0)
    monkeypatch.setattr(AskedQuery._meta, "db_table", "search_nothing")

    assert write_asked() == 0


@pytest.mark.both_databases
def test_d2_old_and_rare_personal_rows_are_forgotten() -> None:
    today = clock.today()
    for text, age, asked in (
        ("sổ đỏ", 90, 1),
        ("cắt khẩu", 91, 500),
        ("[phone] lan", 1, 4),
        ("[phone] hôm nay", 0, 1),
        ("số [identity number]", 1, 5),
    ):
        AskedQuery.objects.create(text=text, day=today - timedelta(days=age), asked=asked)
    MissingAnswer.objects.create(query="cũ", created_at=clock.now() - timedelta(days=91))
    MissingAnswer.objects.create(query="mới")

    assert forget_asked() == 3
    assert {row[0] for row in rows()} == {"[phone] hôm nay", "sổ đỏ", "số [identity number]"}
    assert MissingAnswer.objects.get().query == "mới"
