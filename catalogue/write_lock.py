"""SQLite has one write lock; long work leaves it to requests now and then."""

from time import sleep

from django.db import connection

# A waiting connection looks for the lock every 0.1 s in the end, so a shorter gap may escape it.
LONGEST_PAUSE_SECONDS = 0.1


def give_way(seconds: float) -> None:
    """Leave SQLite's write lock alone for `seconds`, which the work before took, at most 0.1 s.

    The lock goes to whoever asks at the right moment: without this, a request waits for seconds
    while transactions follow each other. On other databases nothing is waited for.
    """
    if connection.vendor == "sqlite":
        sleep(min(seconds, LONGEST_PAUSE_SECONDS))


# What a write transaction of many rows aims at, so that a slow moment leaves it under 250 ms.
AIM_SECONDS = 0.15


def next_size(size: int, seconds: float, *, largest: int) -> int:
    """Return how many rows the next transaction takes, when `size` rows took `seconds`.

    On other databases than SQLite transactions hold up nobody, so it is always the `largest`.
    """
    if connection.vendor != "sqlite":
        return largest
    fitting = int(size * AIM_SECONDS / max(seconds, 0.001))
    return max(largest // 10, min(largest, 2 * size, fitting))
