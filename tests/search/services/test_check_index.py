from datetime import date

import pytest

from catalogue.models import ProcedureVersion
from factories.search import publish
from search.services import announce_differences, apply_changes, check_index, rebuild_index

pytestmark = pytest.mark.django_db


@pytest.fixture
def indexed(search_dir):
    for code in ("1.000001", "1.000002", "1.000003"):
        publish(code)
    rebuild_index()


def test_equal_index_has_no_difference(indexed):
    check = check_index()

    assert check.differing == []
    assert (check.documents, check.waiting) == (3, 0)


def test_every_difference_is_named(indexed):
    versions = ProcedureVersion.objects
    versions.filter(code="1.000001").update(valid_to=date(2021, 1, 1))
    versions.filter(code="1.000002").update(sha256="0" * 64)
    publish("1.000004")

    check = check_index()

    assert check.surplus == ["1.000001"]
    assert check.outdated == ["1.000002"]
    assert check.missing == ["1.000004"]
    assert check.waiting == 1


def test_announced_differences_are_mended_by_the_next_reading(indexed):
    ProcedureVersion.objects.filter(code="1.000001").update(valid_to=date(2021, 1, 1))

    assert announce_differences() == 1
    apply_changes()

    assert check_index().differing == []


def test_no_difference_announces_nothing(indexed):
    assert announce_differences() == 0
    assert check_index().waiting == 0
