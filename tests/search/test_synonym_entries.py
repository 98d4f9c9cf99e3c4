from collections.abc import Iterator
from dataclasses import replace

import pytest

from factories.real_corpus import IS_THERE, real_documents
from search.selectors import search_procedures
from search.synonyms import SynonymEntry, add_synonym_source, remove_synonym_source, shipped_entries

ENTRIES = list(shipped_entries())


class WithoutOne:
    """Switches one entry off."""

    def __init__(self) -> None:
        self.off: SynonymEntry | None = None

    def version(self) -> SynonymEntry | None:
        return self.off

    def entries(self) -> list[SynonymEntry]:
        return [replace(self.off, means=())] if self.off else []


@pytest.fixture
def without_one() -> Iterator[WithoutOne]:
    source = WithoutOne()
    add_synonym_source(source)
    yield source
    remove_synonym_source(source)


def rank(entry: SynonymEntry) -> int:
    codes = [item.code for item in search_procedures(entry.query, size=3).items]
    return next((place for place, code in enumerate(codes, 1) if code in entry.finds), 4)


def test_entries_are_many_and_each_has_its_query():
    assert len(ENTRIES) >= 900
    assert [entry.says for entry in ENTRIES if not (entry.query and entry.finds)] == []


if IS_THERE:  # beside a working copy of the project; there is nothing to search in elsewhere

    def test_entries_find_codes_of_the_corpus():
        unknown = {code for entry in ENTRIES for code in entry.finds} - real_documents().keys()

        assert unknown == set()

    def test_each_entry_finds_what_is_not_found_without_it(corpus, without_one):
        # Found is a right code among the first three or, where it is a matter of order, first.
        ranks = [rank(entry) for entry in ENTRIES]
        useless = []
        for entry, found in zip(ENTRIES, ranks, strict=True):
            without_one.off = entry
            lost = rank(entry)
            if not (found <= 3 < lost or found == 1 < lost):
                useless.append((entry.says, entry.query, found, lost))

        # The weights are measured anew from time to time: a few entries may lag behind them.
        assert len(useless) <= len(ENTRIES) // 25, useless
