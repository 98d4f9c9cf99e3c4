import pytest
from django.db import connection

from catalogue.write_lock import next_size

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.mark.parametrize(
    ("size", "seconds", "following"),
    [(5, 0.01, 10), (50, 0.06, 50), (50, 0.3, 25), (10, 3.0, 5), (40, 0.0, 50)],
)
def test_transaction_takes_what_its_time_allows(size: int, seconds: float, following: int) -> None:
    expected = following if connection.vendor == "sqlite" else 50

    assert next_size(size, seconds, largest=50) == expected
