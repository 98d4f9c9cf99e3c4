from datetime import UTC, datetime

import pytest
from django.db import connection

from catalogue import clock
from onestop.services.code_guesses import MISSES, may_look_up, record_miss

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


# A5
@pytest.mark.parametrize(
    ("misses_of", "asks", "may"),
    [
        ("198.51.100.7", "198.51.100.7", False),
        ("198.51.100.7", "198.51.100.8", True),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", False),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", True),
        ("", "", False),
    ],
)
def test_misses_of_an_address_make_its_network_wait(misses_of: str, asks: str, may: bool) -> None:
    for _miss in range(MISSES):
        record_miss(address=misses_of)

    assert may_look_up(asks) is may


# A5
def test_one_miss_less_than_allowed_may_look_up() -> None:
    for _miss in range(MISSES - 1):
        record_miss(address="198.51.100.7")

    assert may_look_up("198.51.100.7")


# A5
def test_misses_are_forgotten_in_time_and_hold_no_address() -> None:
    record_miss(address="198.51.100.7")

    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, expires FROM accounts_shared_cache")
        ((key, expires),) = cursor.fetchall()
    assert "198.51.100.7" not in key
    minutes = (datetime.fromisoformat(str(expires)).replace(tzinfo=None) - utc()).seconds / 60
    assert 9 < minutes <= 10


def utc() -> datetime:
    return clock.now().astimezone(UTC).replace(tzinfo=None)
