from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection

from search.interfaces.limits import SEARCHES, SteppedLimit

pytestmark = pytest.mark.django_db


@pytest.fixture
def limit():
    yield SteppedLimit("search.tests", acts=20, step=5, kept_for=timedelta(minutes=1))
    cache.clear()


def acts(limit, address="203.0.113.7", number=100):
    return sum(limit.admits(address) for _act in range(number))


def test_q5_network_is_admitted_so_often_and_no_more(limit):
    assert acts(limit) == 24
    assert acts(limit, "203.0.113.8", 3) == 3


def test_q5_other_process_goes_on_counting(limit):
    acts(limit)
    other = SteppedLimit("search.tests", acts=20, step=5, kept_for=timedelta(minutes=1))

    assert acts(other) == 4


def test_q5_network_of_ipv6_is_counted_as_one(limit):
    addresses = [f"2001:db8::{number:x}" for number in range(100)]

    assert sum(map(limit.admits, addresses)) == 24


def test_q5_network_is_admitted_again_when_its_places_are_free(limit):
    acts(limit)

    cache.clear()

    assert limit.admits("203.0.113.7")


def test_most_acts_cost_no_query(limit, django_assert_num_queries):
    with django_assert_num_queries(0):
        acts(limit, number=4)


def test_r2_everyone_is_admitted_while_the_database_is_away(limit):
    def away(*_arguments):
        raise OperationalError("away")

    with connection.execute_wrapper(away):
        assert acts(limit) == 100


def test_q5_limit_lets_a_carrier_of_many_readers_through():
    assert sum(SEARCHES.admits("198.51.100.1") for _act in range(1_200)) == 1_200
