"""How often people of one network may do a thing that needs no account."""

from datetime import timedelta
from ipaddress import ip_address, ip_network

from django.core.cache import cache
from django.utils.crypto import salted_hmac

# A household or an office holds at least this much of the IPv6 space.
IPV6_PREFIX = 64


class NetworkLimit:
    """So many `places` for each network; each act takes one of them for `kept_for`.

    The places lie in the cache that all processes share, under keys that hold no address, only
    what this installation makes of it.
    """

    def __init__(self, name: str, *, places: int, kept_for: timedelta) -> None:
        self.name, self.places, self.kept_for = name, places, kept_for

    def is_reached(self, address: str) -> bool:
        """Whether the network of the client at the IP `address` has no place left."""
        return len(self._taken(address)) >= self.places

    def record(self, address: str) -> None:
        """Take a place for the network of the client at the IP `address`.

        Places are taken one by one by `add`, which succeeds once however many ask at the same time.
        """
        taken = self._taken(address)
        free = (key for key in self._keys(address) if key not in taken)
        any(cache.add(key, True, self.kept_for.total_seconds()) for key in free)

    def _taken(self, address: str) -> set[str]:
        return set(cache.get_many(self._keys(address)))

    def _keys(self, address: str) -> list[str]:
        digest = salted_hmac(self.name, network_of(address), algorithm="sha256").hexdigest()
        return [f"{self.name}:{digest}:{number}" for number in range(self.places)]


def network_of(address: str) -> str:
    """Return the network of the client at an IP `address`, "" behind a socket that names nobody."""
    try:
        client = ip_address(address)
    except ValueError:
        # A proxy that talks over a socket and names nobody: all of them are one client.
        return ""
    # A dual-stack listener writes IPv4 readers so; cut to a prefix, all of them would be one.
    client = getattr(client, "ipv4_mapped", None) or client
    prefix = IPV6_PREFIX if client.version == 6 else client.max_prefixlen
    return str(ip_network(f"{client}/{prefix}", strict=False))
