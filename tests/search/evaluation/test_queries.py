import json

import pytest

from search.evaluation import JudgedQuery, read_judged_queries


def written(tmp_path, *lines):
    path = tmp_path / "queries.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)) + "\n\n", encoding="utf-8")
    return path


def test_graded_list_is_read(tmp_path):
    path = written(
        tmp_path,
        {"query": "a", "class": "plain", "relevant": {"1.000001": 2, "1.000002": 0}},
        {"query": "b", "class": "none", "relevant": {}},
    )

    assert read_judged_queries(path) == [
        JudgedQuery("a", "plain", {"1.000001": 2}),
        JudgedQuery("b", "none", {}),
    ]


def test_list_by_behaviour_is_read_without_answers_of_other_catalogues(tmp_path):
    path = written(
        tmp_path,
        {"query": "a", "expected_in_corpus": ["1.000002"], "behaviour": "answer"},
        {"query": "b", "expected_in_corpus": [], "behaviour": "answer"},
        {"query": "c", "expected_in_corpus": ["1.1", "1.2"], "behaviour": "ambiguous"},
        {"query": "d", "expected_in_corpus": [], "behaviour": "out_of_scope"},
    )

    assert read_judged_queries(path) == [
        JudgedQuery("a", "answer", {"1.000002": 3}),
        JudgedQuery("c", "ambiguous", {"1.1": 3, "1.2": 3}),
        JudgedQuery("d", "out_of_scope", {}),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '"a"',
        '{"query": "a"}',
        '{"relevant": {"1": 3}, "class": "x"}',
        '{"query": " ", "relevant": {"1": 3}, "class": "x"}',
        '{"query": "a", "relevant": {"1": 3}, "class": 5}',
        '{"query": "a", "relevant": {"1": 4}, "class": "x"}',
        '{"query": "a", "relevant": {"1": true}, "class": "x"}',
        '{"query": "a", "relevant": ["1"], "class": "x"}',
        '{"query": "a", "class": "x"}',
        '{"query": "a", "behaviour": "answer"}',
    ],
)
def test_wrong_line_is_named(tmp_path, line):
    path = tmp_path / "queries.jsonl"
    path.write_text(f"\n{line}", encoding="utf-8")

    with pytest.raises(ValueError, match="Line 2"):
        read_judged_queries(path)


def test_query_judged_anew_has_another_key():
    query = JudgedQuery("a", "plain", {"1": 3, "2": 1})

    assert query.key == JudgedQuery("a", "plain", {"2": 1, "1": 3}).key
    assert query.key != JudgedQuery("a", "plain", {"1": 3, "2": 2}).key
