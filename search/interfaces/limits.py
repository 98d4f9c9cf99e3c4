"""How often one network may search, counted so that a search costs no query."""

from collections import OrderedDict
from datetime import timedelta
from threading import Lock

import structlog
from django.db import InterfaceError, OperationalError

from catalogue.services.network_limits import NetworkLimit, network_of

_log = structlog.get_logger(__name__)


class SteppedLimit:
    """A limit of many cheap acts: every `step` of them take one place of a `NetworkLimit`.

    Between two steps a process only counts. What it holds of a network is less than a step and is
    lost with it; the places lie in the cache that all processes share.
    """

    # Networks that a process counts at a time; the one that asked longest ago makes room.
    _MOST_NETWORKS = 10_000

    def __init__(self, name: str, *, acts: int, step: int, kept_for: timedelta) -> None:
        self._step = step
        self._limit = NetworkLimit(name, places=acts // step, kept_for=kept_for)
        self._counted: OrderedDict[str, int] = OrderedDict()
        self._lock = Lock()

    def admits(self, address: str) -> bool:
        """Count an act of the client at the IP `address` and tell whether it may be done.

        While the database is away everyone is admitted: searching needs none.
        """
        network = network_of(address)
        if self._count(network) < self._step:
            return True
        try:
            return self._takes_place(network, address)
        except (OperationalError, InterfaceError):
            _log.warning("search.limit_unread")
            return True

    def _takes_place(self, network: str, address: str) -> bool:
        if self._limit.is_reached(address):
            return False
        self._limit.record(address)
        with self._lock:
            self._counted[network] = 0
        return True

    def _count(self, network: str) -> int:
        with self._lock:
            count = self._counted[network] = self._counted.pop(network, 0) + 1
            if len(self._counted) > self._MOST_NETWORKS:
                self._counted.popitem(last=False)
        return count


# Thousands of readers share one address of a mobile carrier: 20 searches a second are let through,
# less than a tenth of what one machine answers, and some keystrokes for each of them.
SEARCHES = SteppedLimit("search.searches", acts=1_200, step=40, kept_for=timedelta(minutes=1))
SUGGESTIONS = SteppedLimit(
    "search.suggestions", acts=6_000, step=200, kept_for=timedelta(minutes=1)
)
