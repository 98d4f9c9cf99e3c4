from dataclasses import replace
from datetime import date

import pytest

from portal.page_cache.generation import Generation
from portal.page_cache.kept import KeptPage
from portal.page_cache.memory import Memory


def page(size: int) -> KeptPage:
    return KeptPage(Generation(1, date(2026, 5, 1)), b"x" * size, size, "", ())


@pytest.mark.parametrize(
    ("sizes", "kept"),
    [
        ([49, 49], [0, 1]),
        ([49, 50], [1]),
        ([40, 40, 40], [1, 2]),
        ([40, 40, 90], [2]),
        ([99], [0]),
        ([100], []),
    ],
)
def test_oldest_pages_make_room(sizes: list[int], kept: list[int]) -> None:
    memory = Memory(most_bytes=100)

    for number, size in enumerate(sizes):
        memory.keep((str(number),), page(size))

    assert [n for n in range(len(sizes)) if memory.get((str(n),))] == kept


def test_page_kept_again_takes_its_place_once() -> None:
    memory = Memory(most_bytes=100)

    for _ in range(5):
        memory.keep(("a",), page(40))
    memory.keep(("b",), page(40))

    assert memory.get(("a",)) is not None
    assert memory.get(("b",)) is not None


def test_addresses_and_headers_count_too() -> None:
    memory = Memory(most_bytes=100)
    with_headers = replace(page(10), etag="e" * 10, headers=(("h" * 10, "v" * 10),))

    memory.keep(("a" * 10, "q" * 10), page(10))
    memory.keep(("b" * 10, "q" * 10), with_headers)
    beside = memory.get(("a" * 10, "q" * 10))
    memory.keep(("c",), page(10))

    assert beside is not None
    assert memory.get(("a" * 10, "q" * 10)) is None
    assert memory.get(("b" * 10, "q" * 10)) is not None
