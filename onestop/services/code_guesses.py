"""Guessing codes: an address that misses too often waits; whoever hits is never counted (A5)."""

from datetime import timedelta

from catalogue.services.network_limits import NetworkLimit

# Each miss takes one of so many places for so long.
MISSES = 30
KEPT_FOR = timedelta(minutes=10)
_limit = NetworkLimit("onestop.code_guesses", places=MISSES, kept_for=KEPT_FOR)


def may_look_up(address: str) -> bool:
    """Whether the client at the IP `address` may look up a code now."""
    return not _limit.is_reached(address)


def record_miss(*, address: str) -> None:
    """Count that the client at the IP `address` asked for a code that does not exist."""
    _limit.record(address)
