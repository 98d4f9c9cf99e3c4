from dataclasses import replace

import pytest

from search.families import family_words
from search.query import parse_query
from search.ranking import FEATURES, Candidate, WordStatistics, compare, rank

NAMES = {
    "1.000894": "dang ky ket hon",
    "1.000593": "dang ky ket hon luu dong",
    "2.000806": "dang ky ket hon co yeu to nuoc ngoai",
    "1.004746": "dang ky lai ket hon",
}


def candidate(code, name, level="commune", score=1.0):
    words = name.split()
    return Candidate(code, score, words, family_words(words), words, [level], ["person"])


def candidates(names=NAMES, *, level="commune"):
    return [candidate(code, name, level) for code, name in names.items()]


def statistics():
    def count(field, term):
        return sum(
            term in name.replace(" ", "_" if "pairs" in field else " ") for name in NAMES.values()
        )

    return WordStatistics(len(NAMES), lambda field, term: count(field, term) if term else 0)


def first(text, found):
    return found[rank(parse_query(text), found, statistics())[0]].code


@pytest.mark.parametrize("code", NAMES)
def test_name_that_is_the_query_comes_first(code):
    assert first(NAMES[code], candidates()) == code


def test_shorter_name_comes_first_when_all_words_stand_in_several():
    found = list(reversed(candidates()))

    assert first("ket hon", found) == "1.000894"


def test_own_code_comes_before_every_name():
    assert first("dang ky ket hon 2.000806", candidates()) == "2.000806"


def test_nearest_level_comes_first_among_equals():
    names = {"1.000001": "dang ky ket hon", "1.000002": "dang ky ket hon"}
    ministry, commune = candidates(names, level="ministry")[0], candidates(names)[1]

    assert first("ket hon", [ministry, commune]) == "1.000002"


def test_equals_keep_the_order_of_the_engine():
    names = {"1.000002": "dang ky ket hon", "1.000001": "dang ky ket hon"}

    assert first("ket hon", candidates(names)) == "1.000002"


def test_cut_query_is_the_beginning_of_its_name():
    long = " ".join(f"tu{number}" for number in range(40))
    names = {"1.000001": long[:60], "1.000002": long}

    assert first(long, candidates(names)) == "1.000002"


def test_nothing_found_has_no_order():
    assert rank(parse_query("ket hon"), [], statistics()) == []


def test_rare_word_tells_more_than_a_frequent_one():
    counts = {"name": {"ghe": 2, "dat": 200}, "text": {"ghe": 2, "dat": 900}}
    known = WordStatistics(1000, lambda field, term: counts[field].get(term, 0))

    assert known.importance("ghe") > known.importance("dat") > 0


def test_word_of_texts_that_names_avoid_tells_little():
    counts = {"name": {"di": 2, "ghe": 2}, "text": {"di": 800, "ghe": 4}}
    known = WordStatistics(1000, lambda field, term: counts[field].get(term, 0))

    assert known.importance("di") < known.importance("ghe") / 4


def test_unknown_word_leaves_no_trace_in_memory():
    asked = []
    known = WordStatistics(10, lambda field, term: asked.append(term) or 0)

    assert [known.rarity("name", "xyz"), known.rarity("name", "xyz")] == [0.0, 0.0]
    assert asked == ["xyz", "xyz"]


def order(text, found):
    return [found[place].code for place in rank(parse_query(text), found, statistics())]


FAMILY = [
    candidate("1.000002", "cap doi the can cuoc thuc hien tai cap trung uong", "ministry", 9.0),
    candidate("1.000009", "dang ky ket hon", "commune", 8.0),
    candidate("1.000003", "cap doi the can cuoc thuc hien tai cap tinh", "province", 7.0),
    candidate("1.000001", "cap doi the can cuoc", "commune", 6.0),
]


def test_family_stays_together_with_the_nearest_level_first():
    assert order("doi the can cuoc", FAMILY)[:3] == ["1.000001", "1.000003", "1.000002"]


def test_level_that_the_query_names_leads_its_family():
    assert order("doi the can cuoc cap tinh", FAMILY)[:3] == ["1.000003", "1.000001", "1.000002"]


def test_full_name_leads_its_family():
    name = "cap doi the can cuoc thuc hien tai cap trung uong"

    assert order(name, FAMILY)[:3] == ["1.000002", "1.000001", "1.000003"]


def test_features_are_shares_in_their_order():
    compared = list(compare(parse_query("ket hon"), candidates(), statistics()))

    assert {len(features) for _, features in compared} == {len(FEATURES)}
    assert all(0 <= value <= 1 for _, features in compared for value in features)


def test_popular_one_comes_first_among_equals_but_not_before_a_better_name():
    plain, used = candidate("1.000001", "dang ky ket hon"), candidate("1.000002", "dang ky ket hon")
    used, far = replace(used, popularity=1.0), candidate("1.000003", "dang ky khai sinh")
    far = replace(far, popularity=1.0)

    assert order("ket hon", [plain, far, used]) == ["1.000002", "1.000001", "1.000003"]
