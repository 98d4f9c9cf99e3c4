import pytest

from search.evaluation import (
    Evaluation,
    JudgedQuery,
    compare,
    fall_lines,
    read_baseline,
    write_baseline,
)
from search.evaluation.measures import ANSWERED, Outcome

MARRY = JudgedQuery("kết hôn", "plain", {"1.000001": 3})
MOVE = JudgedQuery("tách hộ", "plain", {"1.000003": 3})
WEATHER = JudgedQuery("thời tiết", "none", {})
PASSPORT = JudgedQuery("hộ chiếu", "out_of_scope", {})


def outcome(value, names=ANSWERED):
    return Outcome(dict.fromkeys(names, value), zero=0, nothing=0, milliseconds=1)


def evaluation(*measured, unaccented=()):
    return Evaluation(measured=measured, unaccented=unaccented)


@pytest.fixture
def baseline(tmp_path):
    path = tmp_path / "baseline.json"
    reached = evaluation(
        (MARRY, outcome(1.0)),
        (MOVE, outcome(0.5)),
        (WEATHER, outcome(1.0, ["nothing"])),
        (PASSPORT, outcome(1.0, ["nothing"])),
        unaccented=[(MARRY, outcome(1.0))],
    )
    write_baseline(path, reached)
    return read_baseline(path)


def told(found, baseline):
    return [(fall.kind, fall.figure) for fall in compare(found, baseline)]


def test_equal_evaluation_has_no_fall(baseline):
    assert compare(evaluation((MARRY, outcome(1.0)), (MOVE, outcome(0.5))), baseline) == []


def test_fall_within_the_tolerance_is_none(baseline):
    found = evaluation((MARRY, outcome(0.96)), (MOVE, outcome(0.5)))

    assert compare(found, baseline) == []


def test_fall_names_class_figures_and_queries(baseline):
    found = evaluation((MARRY, outcome(0.9)), (MOVE, outcome(0.3)))

    falls = compare(found, baseline)

    assert [(fall.kind, fall.figure) for fall in falls] == [
        (kind, figure) for kind in ("plain", "all", "accented") for figure in ANSWERED
    ]
    assert list(fall_lines(falls[:1])) == [
        "plain: nDCG@10 fell from 0.750 to 0.600",
        "    -0.200  tách hộ",
        "    -0.100  kết hôn",
    ]


def test_fall_of_a_held_out_query_does_not_name_it(baseline):
    falls = compare(evaluation((MARRY, outcome(0.0))), baseline)

    assert not any("kết hôn" in line for line in fall_lines(falls, with_queries=False))


def test_promise_to_a_query_without_an_answer_is_a_fall(baseline):
    found = evaluation((WEATHER, outcome(0.0, ["nothing"])), (MARRY, outcome(1.0)))

    assert told(found, baseline) == [("none", "nothing")]


def test_queries_out_of_scope_are_not_compared(baseline):
    found = evaluation((PASSPORT, outcome(0.0, ["nothing"])))

    assert compare(found, baseline) == []


def test_unaccented_twin_is_compared_with_its_own_past(baseline):
    found = evaluation((MARRY, outcome(1.0)), unaccented=[(MARRY, outcome(0.0))])

    assert told(found, baseline) == [("unaccented", figure) for figure in ANSWERED]


def test_query_judged_anew_is_not_compared(baseline):
    anew = JudgedQuery("kết hôn", "plain", {"1.000001": 3, "1.000002": 1})

    assert compare(evaluation((anew, outcome(0.0)), (MOVE, outcome(0.5))), baseline) == []


def test_baseline_of_other_queries_is_refused(baseline):
    other = JudgedQuery("khai sinh", "plain", {"1.001193": 3})

    with pytest.raises(ValueError, match="--save"):
        compare(evaluation((other, outcome(1.0))), baseline)


@pytest.mark.parametrize("text", ['{"a": 1}', "[1]", '[["other", "k", {}]]', "3", "{"])
def test_other_file_is_no_baseline(tmp_path, text):
    path = tmp_path / "other.json"
    path.write_text(text)

    with pytest.raises(ValueError, match="no baseline"):
        read_baseline(path)
