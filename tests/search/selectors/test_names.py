import pytest
from django.core.cache import caches
from django.db import connection, transaction

from catalogue.enums import AgencyKind, Level
from catalogue.services.changes import announce
from factories.catalogue import make_agency, make_ministry
from factories.search import publish
from search.name_table import AGENCY, FIELD
from search.selectors import names
from search.selectors.names import kept_names, read_names

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def forget_other_tests():
    caches["local"].clear()


def committee(code, name, level, parent=None):
    return make_agency(
        code, name=name, kind=AgencyKind.PEOPLES_COMMITTEE, level=level, parent=parent
    )


def test_fields_come_first_then_the_highest_agencies():
    publish()
    province = committee("H18", "Uỷ ban nhân dân tỉnh Điện Biên", Level.PROVINCE)
    committee("H18.X1", "Uỷ ban nhân dân phường Mường Lay", Level.COMMUNE, province)

    found = [(named.kind, named.name, named.procedures) for named in read_names()]

    assert found == [
        (FIELD, "Hộ tịch", 1),
        (AGENCY, "Bộ Tư pháp", 1),
        (AGENCY, "Uỷ ban nhân dân tỉnh Điện Biên", 0),
        (AGENCY, "Uỷ ban nhân dân phường Mường Lay", 0),
    ]


@pytest.mark.parametrize(
    "text", ["mường lay", "phuong muong lay", "Mường Lay, Điện Biên", "UBND phường Mường Lay"]
)
def test_commune_is_called_by_its_place(text):
    province = committee("H18", "Uỷ ban nhân dân tỉnh Điện Biên", Level.PROVINCE)
    committee("H18.X1", "Uỷ ban nhân dân phường Mường Lay", Level.COMMUNE, province)

    assert [named.key for named in kept_names.current().called(text)] == ["H18.X1"]


def test_names_are_read_once_and_again_after_a_change(monkeypatch, django_assert_num_queries):
    make_ministry()
    before = kept_names.current()
    with django_assert_num_queries(0):
        assert kept_names.current() is before

    monkeypatch.setattr(names, "KEPT_SECONDS", 0.0)
    with django_assert_num_queries(1):
        assert kept_names.current() is before
    make_ministry("G01", "Bộ Công an")
    with transaction.atomic():
        announce(kind="agencies", keys=["import"])

    assert [named.key for named in kept_names.current().called("bộ công an")] == ["G01"]


def test_names_outlive_the_database(monkeypatch):
    make_ministry()
    before = kept_names.current()
    monkeypatch.setattr(names, "KEPT_SECONDS", 0.0)

    with connection.execute_wrapper(_away):
        after = kept_names.current()

    assert after is before


def _away(*_arguments):
    raise names.OperationalError("away")
