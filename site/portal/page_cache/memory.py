"""The pages that one process keeps, by address; the oldest make room."""

from threading import Lock

from portal.page_cache.kept import KeptPage

# Some 2,200 pages of a usual size.
MOST_BYTES = 28 * 1024 * 1024
# Made-up values of parameters are endless: pages that have some push out only each other.
MOST_BYTES_ASKED = 4 * 1024 * 1024
Address = tuple[str, ...]


class Memory:
    """Pages of one generation, up to `most_bytes` of addresses, headers and compressed bodies."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._pages: dict[Address, KeptPage] = {}
        self._bytes = 0
        self._lock = Lock()

    def get(self, address: Address) -> KeptPage | None:
        """Return the page kept at `address`."""
        return self._pages.get(address)

    def keep(self, address: Address, page: KeptPage) -> None:
        """Keep `page` at `address`; it replaces the one there."""
        with self._lock:
            self._drop(address)
            self._pages[address] = page
            self._bytes += _size(address, page)
            while self._bytes > self._most_bytes:
                self._drop(next(iter(self._pages)))

    def _drop(self, address: Address) -> None:
        page = self._pages.pop(address, None)
        if page is not None:
            self._bytes -= _size(address, page)


def _size(address: Address, page: KeptPage) -> int:
    texts = (*address, page.etag, *(text for header in page.headers for text in header))
    return len(page.body) + sum(map(len, texts))
