from datetime import date, timedelta

import pytest

from catalogue import clock
from catalogue.models import ProcedureUsage
from search.selectors.popularity import uses_by_code

pytestmark = pytest.mark.django_db


def note(code, months_ago=0, **counts):
    month = (clock.today() - timedelta(days=31 * months_ago)).replace(day=1)
    ProcedureUsage.objects.create(procedure_code=code, month=month, **counts)


@pytest.mark.both_databases
def test_uses_are_summed_over_months_and_kinds():
    note("1.000001", views=10, submitted=2)
    note("1.000001", 2, views=5, received=3)
    note("1.000002", views=1)
    note("1.000003")

    assert uses_by_code() == {"1.000001": 20, "1.000002": 1}
    assert uses_by_code(["1.000002", "1.000009"]) == {"1.000002": 1}


def test_use_of_more_than_a_year_ago_does_not_count():
    ProcedureUsage.objects.create(procedure_code="1.000001", month=date(2020, 1, 1), views=9)

    assert uses_by_code() == {}
