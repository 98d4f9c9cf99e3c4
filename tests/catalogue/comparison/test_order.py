import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.comparison.order import merged, moved

KEYS = st.lists(st.sampled_from("abcdefgh"), unique=True)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("abcd", "abcd", ""),
        ("abcd", "dabc", "d"),
        ("abcd", "bcda", "a"),
        ("abcd", "ad", ""),
        ("abcd", "xaybczd", ""),
        ("", "ab", ""),
    ],
)
def test_as_few_as_possible_moved(before: str, after: str, expected: str) -> None:
    assert moved(before, after) == set(expected)


@given(KEYS, KEYS)
def test_what_did_not_move_keeps_its_order(before: list[str], after: list[str]) -> None:
    shifted = moved(before, after)

    stayed = (set(before) & set(after)) - shifted
    assert [key for key in before if key in stayed] == [key for key in after if key in stayed]


@given(KEYS, KEYS)
def test_merged_holds_each_key_once_in_the_order_of_the_later(
    before: list[str], after: list[str]
) -> None:
    result = merged(before, after)

    assert [key for key in result if key in after] == after
    assert sorted(result) == sorted({*before, *after})


def test_what_went_stands_behind_what_it_stood_behind() -> None:
    assert merged("abcd", "xadb") == list("xadbc")
