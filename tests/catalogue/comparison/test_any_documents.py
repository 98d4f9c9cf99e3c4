from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.comparison import Change, ChangeKind, changes_meaning, compare
from catalogue.documents import validate_document
from factories.documents import documents, edited

PAIRS = st.tuples(documents(), documents()) | documents().flatmap(
    lambda document: st.tuples(st.just(document), edited(document))
)


def told(changes: list[Change], kind: ChangeKind) -> Counter[Any]:
    return Counter((c.path, c.before or c.after) for c in changes if c.kind is kind)


@given(documents())
def test_drawn_document_is_valid_and_does_not_differ_from_itself(document: dict[str, Any]) -> None:
    validate_document(document)

    assert compare(document, document) == []


@settings(max_examples=150)
@given(PAIRS)
def test_every_difference_is_told(pair: tuple[dict[str, Any], dict[str, Any]]) -> None:
    before, after = pair

    changes = compare(before, after)

    assert bool(changes) == (before != after)
    assert all(c.before != c.after for c in changes if c.kind is ChangeKind.CHANGED)
    assert all(c.title for c in changes)
    assert compare(before, after) == changes


@given(PAIRS)
def test_what_came_one_way_goes_the_other_way(
    pair: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    there, back = compare(*pair), compare(*reversed(pair))

    assert told(there, ChangeKind.ADDED) == told(back, ChangeKind.REMOVED)
    assert told(there, ChangeKind.REMOVED) == told(back, ChangeKind.ADDED)


@given(PAIRS)
def test_only_replaced_texts_keep_the_meaning(
    pair: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    changes = compare(*pair)

    kept = [change for change in changes if change not in changes_meaning(*pair)]
    assert all(c.kind is ChangeKind.CHANGED and c.runs and c.before and c.after for c in kept)
