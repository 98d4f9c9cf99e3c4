"""Guessing codes: an address that misses too often waits; whoever hits is never counted (A5)."""

from datetime import timedelta
from ipaddress import ip_address, ip_network

from django.core.cache import cache
from django.utils.crypto import salted_hmac

# Each miss takes one of so many places for so long.
MISSES = 30
KEPT_FOR = timedelta(minutes=10)
# A household or an office holds at least this much of the IPv6 space.
IPV6_PREFIX = 64


def may_look_up(address: str) -> bool:
    """Whether the client at the IP `address` may look up a code now."""
    return len(_taken(address)) < MISSES


def record_miss(*, address: str) -> None:
    """Count that the client at the IP `address` asked for a code that does not exist.

    Places are taken one by one by `add`, which succeeds once however many ask at the same time.
    """
    taken = _taken(address)
    free = (place for place in _places(address) if place not in taken)
    any(cache.add(place, True, KEPT_FOR.total_seconds()) for place in free)


def _taken(address: str) -> set[str]:
    return set(cache.get_many(_places(address)))


def _places(address: str) -> list[str]:
    # The cache holds no address, only what this installation makes of it.
    key = salted_hmac("onestop.code_guesses", _client(address), algorithm="sha256").hexdigest()
    return [f"code-guess:{key}:{number}" for number in range(MISSES)]


def _client(address: str) -> str:
    try:
        client = ip_address(address)
    except ValueError:
        # A proxy that talks over a socket and names nobody: all of them are one client.
        return ""
    prefix = IPV6_PREFIX if client.version == 6 else client.max_prefixlen
    return str(ip_network(f"{client}/{prefix}", strict=False))
