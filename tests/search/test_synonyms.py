from collections import Counter
from dataclasses import dataclass, field

import pytest

from catalogue.text import fold
from search.analysis import tokenize
from search.synonyms import (
    SynonymEntry,
    add_synonym_source,
    read_entries,
    read_entry,
    remove_synonym_source,
    shipped_entries,
    synonyms,
)

ENTRIES = list(shipped_entries())


@dataclass(eq=False)
class Source:
    """Entries of somebody else."""

    number: int = 0
    kept: list[SynonymEntry] = field(default_factory=list)

    def version(self) -> int:
        return self.number

    def entries(self) -> list[SynonymEntry]:
        return self.kept

    def keep(self, *entries: SynonymEntry) -> None:
        self.kept = list(entries)
        self.number += 1


@pytest.fixture
def source():
    source = Source()
    add_synonym_source(source)
    yield source
    remove_synonym_source(source)


def entry(says: str, *means: str) -> SynonymEntry:
    return SynonymEntry(says, means, "speech")


def meanings(text: str) -> list[tuple[str, ...]]:
    matches = synonyms().matches(tokenize(text), accented=True)
    return [match.meaning.means for match in matches]


def test_shipped_entries_say_each_phrase_once():
    said = Counter(fold(entry.says) for entry in ENTRIES if not entry.accented)

    assert [phrase for phrase, count in said.items() if count > 1] == []


def test_entry_of_a_source_is_found(source):
    source.keep(entry("giấy lạ", "thẻ căn cước"))

    assert meanings("làm giấy lạ") == [("thẻ căn cước",)]


def test_table_follows_the_version_of_a_source(source):
    source.keep(entry("giấy lạ", "thẻ căn cước"))
    before = meanings("giấy lạ")

    source.keep(entry("giấy lạ", "hộ chiếu"))

    assert (before, meanings("giấy lạ")) == ([("thẻ căn cước",)], [("hộ chiếu",)])


def test_source_replaces_what_is_shipped(source):
    source.keep(entry("GPLX", "bằng thuyền trưởng"))

    assert meanings("gplx") == [("bằng thuyền trưởng",)]


def test_source_switches_a_shipped_entry_off(source):
    source.keep(entry("gplx"))

    assert meanings("gplx") == []


def test_removed_source_is_forgotten():
    source = Source(kept=[entry("gplx")])
    add_synonym_source(source)

    remove_synonym_source(source)

    assert meanings("gplx") == [("giấy phép lái xe",)]


RIGHT = {"says": "gplx", "means": ["giấy phép lái xe"], "source": "abbreviation"}


def test_entry_is_read():
    read = read_entry(RIGHT | {"weight": 0.5, "finds": ["3.000347"]}, "a.json")

    assert read == SynonymEntry(
        "gplx", ("giấy phép lái xe",), "abbreviation", weight=0.5, finds=("3.000347",)
    )


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"says": ""}, "a.json: '': says must be a text"),
        ({"source": None}, "a.json: 'gplx': source must be a text"),
        ({"says": "?"}, "a.json: '?': says and means must have words"),
        ({"means": "giấy"}, "a.json: 'gplx': means must be a list of texts"),
        ({"means": ["..."]}, "a.json: 'gplx': says and means must have words"),
        ({"weight": 0}, "a.json: 'gplx': weight must be above 0 and at most 1"),
        ({"weight": "1"}, "a.json: 'gplx': weight must be above 0 and at most 1"),
        ({"mean": []}, "a.json: 'gplx': unknown mean"),
    ],
)
def test_wrong_entry_is_refused_by_place_and_name(wrong, told):
    with pytest.raises(ValueError, match=r"a\.json") as refused:
        read_entry(RIGHT | wrong, "a.json")

    assert str(refused.value) == told


def test_file_of_entries_names_itself_in_errors(tmp_path):
    file = tmp_path / "odd.json"
    file.write_text('{"entries": [{"says": "x"}]}')

    with pytest.raises(ValueError, match=r"odd\.json: 'x'"):
        read_entries(file)
