from catalogue.enums import Level
from search.analysis import tokenize
from search.phrases import PhraseTable, level_words, stop_phrases

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


def test_some_accents_of_a_phrase_may_be_missing():
    assert found("làm so đỏ", accented=True) == [(1, 3, "land")]
    assert found("làm so do", accented=True) == []


def test_no_phrase_in_no_words():
    assert found("", accented=False) == []


def test_phrase_that_needs_accents_is_not_found_without():
    phrases = PhraseTable([("má", "mother")], accented=["má"])

    assert next(phrases.matches(tokenize("má"), accented=True)).meaning == "mother"
    assert list(phrases.matches(tokenize("ma"), accented=False)) == []


def test_stop_phrases_are_found():
    tokens = tokenize("khai tử ở đâu vậy ad")

    roles = [match.meaning for match in stop_phrases().matches(tokens, accented=True)]

    assert roles == ["where", "courtesy", "courtesy"]


def test_level_words_name_levels():
    tokens = tokenize("ở phường hay lên tỉnh")

    levels = [match.meaning for match in level_words().matches(tokens, accented=True)]

    assert levels == [Level.COMMUNE, Level.PROVINCE]
