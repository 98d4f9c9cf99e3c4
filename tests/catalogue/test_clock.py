import threading
from datetime import UTC, date, datetime, timedelta

import pytest

from catalogue import clock

MIDNIGHT = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (MIDNIGHT - timedelta(seconds=1), date(2026, 12, 31)),
        (MIDNIGHT, date(2027, 1, 1)),
        (datetime(2028, 2, 28, 17, tzinfo=UTC), date(2028, 2, 29)),
    ],
)
def test_today_turns_at_midnight_in_vietnam(moment: datetime, day: date) -> None:
    with clock.frozen(moment):
        assert clock.today() == day


def test_now_is_told_in_vietnams_time() -> None:
    with clock.frozen(MIDNIGHT):
        told = clock.now()

    assert told == MIDNIGHT
    assert told.isoformat() == "2027-01-01T00:00:00+07:00"


def test_local_keeps_the_moment() -> None:
    assert clock.local(MIDNIGHT) == MIDNIGHT
    assert clock.local(MIDNIGHT).hour == 0


def test_frozen_ends_with_its_block_and_nests() -> None:
    with clock.frozen(MIDNIGHT):
        with clock.frozen(MIDNIGHT + timedelta(days=1)):
            inner = clock.today()
        outer = clock.today()

    assert (inner, outer) == (date(2027, 1, 2), date(2027, 1, 1))
    assert clock.now() != MIDNIGHT


def test_frozen_holds_for_its_own_thread_only() -> None:
    told: list[datetime] = []

    with clock.frozen(MIDNIGHT):
        other = threading.Thread(target=lambda: told.append(clock.now()))
        other.start()
        other.join()

    assert told[0] != MIDNIGHT
