from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.documents import keys_in, validate_document
from catalogue.importing.carried_keys import carry_keys
from factories.catalogue import make_full_document

PARTS = ("steps", "channels", "document_groups", "requirements", "results", "legal_bases")


def renamed(document: dict[str, Any]) -> dict[str, Any]:
    """The same document as a record gives it, its parts numbered through."""
    copy = deepcopy(document)
    for name in PARTS:
        _number(copy[name], iter(range(1, 1000)))
    return copy


def _number(parts: list[dict[str, Any]], numbers: Any) -> None:
    for part in parts:
        part["key"] = f"x{next(numbers)}"
        for nested in part.values():
            if isinstance(nested, list):
                _number(nested, numbers)


def paper(name: str, **changes: Any) -> dict[str, Any]:
    made = {"key": "d1", "name": name, "note": False, "originals": 1, "copies": 0}
    return made | {"form": None, "text": ""} | changes


def group(title: str | None, *papers: dict[str, Any]) -> dict[str, Any]:
    return {
        "key": "g1",
        "kind": "always",
        "kind_rule": "only group",
        "title": title,
        "documents": list(papers),
    }


def dossier(*groups: dict[str, Any]) -> dict[str, Any]:
    document = make_full_document("1.990001", document_groups=list(groups))
    numbers = iter(range(1, 1000))
    for n, one in enumerate(document["document_groups"], 1):
        one["key"] = f"g{n}"
        one["documents"] = [held | {"key": f"d{next(numbers)}"} for held in one["documents"]]
    return document


def paper_keys(document: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        (held["name"], held["key"])
        for one in document["document_groups"]
        for held in one["documents"]
    ]


def test_first_import_keeps_the_keys_of_the_record() -> None:
    document = make_full_document("1.990001")

    assert carry_keys(document, []) == document


def test_unchanged_record_gets_all_its_keys_back() -> None:
    document = make_full_document("1.990001")

    assert carry_keys(renamed(document), [document]) == document


NAMES = st.lists(st.text("abcdeđ ", min_size=1, max_size=6), min_size=1, max_size=8)
DOSSIERS = st.lists(st.tuples(st.none() | st.sampled_from("xyz"), NAMES), min_size=1, max_size=4)


@given(DOSSIERS)
def test_any_unchanged_dossier_gets_all_its_keys_back(
    groups: list[tuple[str | None, list[str]]],
) -> None:
    known = dossier(*(group(title, *map(paper, names)) for title, names in groups))

    assert carry_keys(renamed(known), [known]) == known


@given(
    st.lists(st.integers(0, 999).map(str), min_size=1, max_size=9, unique=True),
    st.integers(0, 9),
)
def test_paper_put_in_anywhere_shifts_no_key(names: list[str], place: int) -> None:
    known = dossier(group(None, *map(paper, names)))
    more = [*names[:place], "giấy mới", *names[place:]]

    carried = carry_keys(dossier(group(None, *map(paper, more))), [known])

    keys = dict(paper_keys(carried))
    new = keys.pop("giấy mới")
    assert keys == dict(paper_keys(known))
    assert new not in keys.values()
    validate_document(carried)


@given(st.permutations(["một", "hai", "ba", "bốn"]), st.integers(0, 3))
def test_papers_moved_and_taken_out_keep_their_keys(order: list[str], taken: int) -> None:
    known = dossier(group(None, *map(paper, sorted(order))))
    left = order[:taken] + order[taken + 1 :]

    carried = carry_keys(dossier(group(None, *map(paper, left))), [known])

    before = dict(paper_keys(known))
    assert paper_keys(carried) == [(name, before[name]) for name in left]


def test_paper_keeps_its_key_when_it_wanders_to_another_group() -> None:
    known = dossier(group("A", paper("đơn"), paper("thẻ")), group("B", paper("ảnh")))

    carried = carry_keys(
        dossier(group("A", paper("đơn")), group("B", paper("ảnh"), paper("thẻ"))), [known]
    )

    assert paper_keys(carried) == [("đơn", "d1"), ("ảnh", "d3"), ("thẻ", "d2")]


def test_paper_is_known_again_however_its_name_is_written() -> None:
    known = dossier(group(None, paper("Tờ khai"), paper("Thẻ")))

    carried = carry_keys(dossier(group(None, paper("THẺ"), paper("tờ  khai", copies=2))), [known])

    assert [key for _name, key in paper_keys(carried)] == ["d2", "d1"]


def test_of_papers_of_one_name_the_same_and_the_nearest_are_the_same() -> None:
    known = dossier(group("A", paper("đơn"), paper("đơn", copies=1)), group("B", paper("đơn")))

    carried = carry_keys(
        dossier(group("A", paper("đơn", copies=1)), group("B", paper("đơn"))), [known]
    )

    assert [key for _name, key in paper_keys(carried)] == ["d2", "d3"]


def test_new_part_gets_no_key_of_any_earlier_document() -> None:
    oldest = dossier(group(None, paper("đơn"), paper("thẻ"), paper("ảnh")))
    known = dossier(group(None, paper("đơn")))

    carried = carry_keys(dossier(group(None, paper("mới"), paper("đơn"))), [oldest, known])

    assert paper_keys(carried) == [("mới", "d4"), ("đơn", "d1")]


@pytest.mark.parametrize("changed", [{"value": 9}, {"text": "9 ngày"}, {"fees": []}])
def test_changed_time_limit_keeps_its_key(changed: dict[str, Any]) -> None:
    known = make_full_document("1.990001")
    new = renamed(known)
    new["channels"][0]["time_limits"][0] |= changed

    limits = carry_keys(new, [known])["channels"][0]["time_limits"]

    assert [limit["key"] for limit in limits] == [
        limit["key"] for limit in known["channels"][0]["time_limits"]
    ]


def test_new_channel_takes_no_key_from_the_others() -> None:
    known = make_full_document("1.990001")
    new = renamed(known)
    first = new["channels"].pop(0)
    known_without = deepcopy(known)
    known_without["channels"].pop(0)

    carried = carry_keys(new | {"channels": [first, *new["channels"]]}, [known_without])

    others = set(keys_in(known_without["channels"]))
    assert set(keys_in(carried["channels"][1:])) == others
    assert not others & set(keys_in(carried["channels"][0]))
