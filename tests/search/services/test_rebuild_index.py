from datetime import date

import pytest

from catalogue import clock
from catalogue.models import ProcedureUsage
from catalogue.selectors.changes import lag_of
from factories.search import end, publish
from search.engines import current_engine
from search.selectors import search_procedures
from search.services import apply_changes, check_index, rebuild_index

pytestmark = pytest.mark.django_db


def test_rebuild_indexes_what_is_in_force(search_dir):
    publish("1.000894")
    publish("1.000001", valid_from=date(2999, 1, 1))
    publish("1.000002", valid_to=date(2021, 1, 1))

    assert rebuild_index() == 1

    assert current_engine().hashes().keys() == {"1.000894"}
    assert lag_of("search") == 0


def test_more_used_procedure_comes_first_among_equals_after_a_rebuild(engine):
    publish("1.000001", "Đăng ký kết hôn")
    publish("1.000002", "Đăng ký kết hôn")
    apply_changes()
    month = clock.today().replace(day=1)
    ProcedureUsage.objects.create(procedure_code="1.000002", month=month, views=500)

    before = [item.code for item in search_procedures("kết hôn").items]
    rebuild_index()

    assert before == ["1.000001", "1.000002"]
    assert [item.code for item in search_procedures("kết hôn").items] == ["1.000002", "1.000001"]


def test_rebuild_tells_its_progress(search_dir):
    publish("1.000894")
    told = []

    rebuild_index(report=told.append)

    assert told == [1]


def test_what_is_published_meanwhile_is_not_lost(search_dir):
    kept, ended = publish("1.000894"), publish("1.010038", "Tách hộ")

    def publish_meanwhile(_done):
        publish("1.000001", "Đăng ký khai sinh")
        end(ended, date(2021, 1, 1))

    rebuild_index(report=publish_meanwhile)

    assert current_engine().hashes().keys() == {kept.code, "1.000001"}
    assert check_index().differing == []
    assert lag_of("search") == 0


def test_changes_after_a_rebuild_are_applied(search_dir):
    publish("1.000894")
    rebuild_index()
    publish("1.000894", "Đăng ký kết hôn lưu động", valid_from=date(2021, 1, 1))

    apply_changes()

    assert search_procedures("lưu động").total == 1


def test_failed_rebuild_leaves_the_old_index(search_dir):
    publish("1.000894")
    rebuild_index()

    with pytest.raises(ZeroDivisionError):
        rebuild_index(report=lambda done: done / 0)

    assert search_procedures("kết hôn").total == 1


def test_empty_catalogue_has_an_empty_index(search_dir):
    assert rebuild_index() == 0
    assert search_procedures("kết hôn").total == 0
