import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from wagtail.blocks import StreamValue

from catalogue.documents import page_values
from catalogue.keys import PART_FIELDS, new_key, with_keys
from factories.catalogue import make_full_document

KEY = re.compile(r"k[2-9a-hjkmnp-z]{9}")


def groups() -> StreamValue:
    return page_values(make_full_document(), defaultdict(int))["document_groups"]


def keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if "key" in value:
            yield value["key"]
        for nested in value.values():
            yield from keys(nested)
    elif isinstance(value, list):
        for item in value:
            yield from keys(item)


def test_new_keys_have_no_look_alikes_and_differ() -> None:
    made = [new_key() for _ in range(500)]

    assert [key for key in made if not KEY.fullmatch(key)] == []
    assert len(set(made)) == 500


def test_with_keys_keeps_the_keys_there_are() -> None:
    for name in PART_FIELDS:
        parts = page_values(make_full_document(), defaultdict(int))[name]

        kept = with_keys(parts)

        assert list(keys(kept.get_prep_value())) == list(keys(parts.get_prep_value()))


def test_with_keys_makes_a_missing_nested_key() -> None:
    raw = groups().get_prep_value()
    raw[0]["value"]["documents"][1]["value"]["key"] = ""

    made = with_keys(StreamValue(groups().stream_block, raw, is_lazy=True)).get_prep_value()

    papers = [item["value"]["key"] for item in made[0]["value"]["documents"]]
    assert papers[0] == "d1"
    assert KEY.fullmatch(papers[1])


def test_with_keys_renews_all_keys_of_a_duplicated_block() -> None:
    raw = groups().get_prep_value()
    raw.append(deepcopy(raw[0]) | {"id": "11111111-1111-4111-8111-111111111111"})
    twice = StreamValue(groups().stream_block, raw, is_lazy=True)

    made = with_keys(twice).get_prep_value()

    assert [part["value"]["key"] for part in made[:6]] == ["g1", "g2", "g3", "g4", "g5", "g6"]
    assert Counter(keys(made)).most_common(1)[0][1] == 1
    assert made[6]["value"]["documents"][0]["value"]["name"] == "Đơn đăng ký nuôi ong"
