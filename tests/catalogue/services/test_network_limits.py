from datetime import timedelta

import pytest
from django.core.cache import cache

from catalogue.services.network_limits import NetworkLimit

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

LIMIT = NetworkLimit("test.acts", places=3, kept_for=timedelta(minutes=1))


@pytest.fixture(autouse=True)
def _empty() -> None:
    cache.clear()


@pytest.mark.parametrize(("acts", "reached"), [(0, False), (2, False), (3, True), (5, True)])
def test_places_of_a_network_run_out(acts: int, reached: bool) -> None:
    for _ in range(acts):
        LIMIT.record("198.51.100.7")

    assert LIMIT.is_reached("198.51.100.7") is reached
    assert not LIMIT.is_reached("198.51.100.8")


def test_limits_of_different_names_are_apart() -> None:
    for _ in range(3):
        LIMIT.record("198.51.100.7")

    other = NetworkLimit("test.other", places=3, kept_for=timedelta(minutes=1))

    assert not other.is_reached("198.51.100.7")


def test_readers_of_ipv4_behind_a_dual_stack_proxy_are_apart() -> None:
    for _ in range(3):
        LIMIT.record("::ffff:198.51.100.7")

    assert LIMIT.is_reached("198.51.100.7")
    assert not LIMIT.is_reached("::ffff:198.51.100.8")
