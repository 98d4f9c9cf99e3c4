import time
from datetime import date, datetime

import pytest
from django.db import transaction

from catalogue import clock
from catalogue.models import ChangeCursor
from catalogue.selectors.changes import lag_of, last_sequence
from catalogue.services.changes import announce
from catalogue.services.live_pages import follow_the_calendar
from factories.search import end, publish
from search.engines import current_engine
from search.selectors import search_procedures
from search.services import apply_changes

pytestmark = pytest.mark.django_db


def codes(text="kết hôn"):
    return [item.code for item in search_procedures(text).items]


@pytest.fixture
def followed(engine):
    """An index that has read one change already, as in a running installation."""
    publish("9.999999", "Tách hộ")
    apply_changes()
    return engine


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_published_procedure_is_found_within_a_second(search_dir):
    with transaction.atomic():
        publish("9.999999", "Tách hộ")
    apply_changes()
    with transaction.atomic():
        publish("1.000894")

    began = time.monotonic()
    assert apply_changes() == 1

    assert codes() == ["1.000894"]
    assert time.monotonic() - began < 1
    assert lag_of("search") == 0


def test_changed_version_replaces_the_old_one(followed):
    publish("1.000894", "Đăng ký kết hôn")
    apply_changes()
    publish("1.000894", "Đăng ký kết hôn lưu động", valid_from=date(2021, 1, 1))

    apply_changes()

    assert [item.name for item in search_procedures("kết hôn").items] == [
        "Đăng ký kết hôn lưu động"
    ]


def test_ended_procedure_is_not_found(followed):
    version = publish("1.000894")
    apply_changes()
    end(version, date(2021, 1, 1))

    apply_changes()

    assert codes() == []


def test_q4_version_of_the_future_is_not_found(followed):
    publish("1.000894", valid_from=date(2999, 1, 1))

    apply_changes()

    assert codes() == []


def test_change_of_another_kind_is_passed_over(followed):
    announce(kind="agency", keys=["G15"])

    assert apply_changes() == 1
    assert lag_of("search") == 0


def test_nothing_new_is_nothing_read(followed):
    assert apply_changes() == 0


def test_repeated_changes_have_no_effect(followed):
    publish("1.000894")
    apply_changes()
    # The engine has committed but the cursor has not moved: a crash between the two.
    ChangeCursor.objects.filter(consumer="search").update(sequence=last_sequence() - 1)

    assert apply_changes() == 1

    assert codes() == ["1.000894"]
    assert current_engine().count() == 2


def test_late_reading_takes_the_state_of_today(followed):
    publish("1.000894", "Đăng ký kết hôn")
    publish("1.000894", "Đăng ký kết hôn lưu động", valid_from=date(2021, 1, 1))

    assert apply_changes() == 2

    assert [item.name for item in search_procedures("kết hôn").items] == [
        "Đăng ký kết hôn lưu động"
    ]


def test_missing_index_is_rebuilt(search_dir):
    publish("1.000894")

    apply_changes()

    assert codes() == ["1.000894"]
    assert lag_of("search") == 0


def test_index_of_another_database_is_rebuilt(engine):
    publish("1.000894")
    apply_changes()
    ChangeCursor.objects.all().delete()

    apply_changes()

    assert codes() == ["1.000894"]


@pytest.mark.both_databases
def test_version_is_found_from_its_day_on(followed):
    publish("1.000894", valid_from=date(2030, 1, 1))

    with clock.frozen(datetime(2029, 12, 31, 23, 59, tzinfo=clock.LOCAL_TZ)):
        apply_changes()
        before = codes()
    with clock.frozen(datetime(2030, 1, 1, 0, 0, tzinfo=clock.LOCAL_TZ)):
        follow_the_calendar()
        apply_changes()
        after = codes()

    assert before == []
    assert after == ["1.000894"]
