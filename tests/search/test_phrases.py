import json
from pathlib import Path

import pytest

import search
from search.analysis import tokenize
from search.phrases import PhraseTable, names_of, stop_phrases, synonyms

DATA = Path(search.__file__).parent / "data"
table = PhraseTable([("sổ đỏ", "land"), ("số", "number"), ("sổ đỏ mới", "new")])


def found(text: str, *, accented: bool) -> list[tuple[int, int, str]]:
    matches = table.matches(tokenize(text), accented=accented)
    return [(match.start, match.end, match.meaning) for match in matches]


def test_longest_phrase_wins():
    assert found("làm sổ đỏ mới", accented=True) == [(1, 4, "new")]


def test_matches_do_not_overlap():
    assert found("so do so", accented=False) == [(0, 2, "land"), (2, 3, "number")]


def test_accents_decide_when_typed():
    assert found("số đỏ", accented=True) == [(0, 1, "number")]


def test_no_phrase_in_no_words():
    assert found("", accented=False) == []


@pytest.mark.parametrize("entry", json.loads((DATA / "synonyms.json").read_text())["entries"])
def test_synonym_entry_is_complete(entry):
    assert entry.keys() == {"says", "means", "source"}
    assert all(entry.values())
    assert next(synonyms().matches(tokenize(entry["says"]), accented=True))


def test_synonyms_say_each_phrase_once():
    said = [entry["says"] for entry in json.loads((DATA / "synonyms.json").read_text())["entries"]]

    assert sorted(said) == sorted(set(said))


def test_stop_phrases_are_found():
    tokens = tokenize("khai tử ở đâu vậy ad")

    roles = [match.meaning for match in stop_phrases().matches(tokens, accented=True)]

    assert roles == ["where", "courtesy", "courtesy"]


def test_names_of_a_title_are_what_readers_say():
    assert "gplx" in names_of("Đổi giấy phép lái xe")
    assert names_of("Hòa giải ở cơ sở") == ()
