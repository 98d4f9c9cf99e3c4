import json

import pytest

from factories.search import make_document
from search.documents import build_search_document
from search.engines import Operation
from search.evaluation import JudgedQuery, evaluate, read_judged_queries, score_table


@pytest.fixture
def filled(engine):
    names = {
        "1.000001": "Đăng ký kết hôn",
        "1.000002": "Đăng ký lại kết hôn",
        "1.000003": "Tách hộ",
    }
    documents = [make_document(code, name) for code, name in names.items()]
    engine.apply([Operation(d["code"], 1, build_search_document(d, sha256="x")) for d in documents])


def scores(*judged):
    return {score.kind: score for score in evaluate(judged)}


def test_right_code_first_is_perfect(filled):
    score = scores(JudgedQuery("đăng ký kết hôn", "plain", {"1.000001": 3}))["plain"]

    assert (score.success_at_1, score.success_at_10, score.ndcg_at_10, score.mrr) == (1, 1, 1, 1)


def test_right_code_second_scores_less(filled):
    score = scores(JudgedQuery("đăng ký kết hôn", "plain", {"1.000002": 3}))["plain"]

    assert (score.success_at_1, score.success_at_10, score.mrr) == (0, 1, 0.5)
    assert score.ndcg_at_10 == pytest.approx(0.6309, abs=1e-4)


def test_right_code_missing_scores_nothing(filled):
    score = scores(JudgedQuery("tách hộ", "plain", {"9.999999": 3}))["plain"]

    assert (score.success_at_10, score.ndcg_at_10, score.mrr) == (0, 0, 0)


def test_classes_are_told_apart_and_together(filled):
    found = scores(
        JudgedQuery("đăng ký kết hôn", "plain", {"1.000001": 3}),
        JudgedQuery("tách hộ", "short", {"9.999999": 3}),
    )

    assert list(found) == ["plain", "short", "all", "unaccented"]
    assert (found["all"].queries, found["all"].success_at_1) == (2, 0.5)
    assert found["unaccented"].success_at_1 == 0.5


def test_table_has_a_line_for_each_class(filled):
    table = list(score_table(evaluate([JudgedQuery("tách hộ", "short", {"1.000003": 3})])))

    assert [line.split()[0] for line in table] == ["class", "short", "all", "unaccented"]
    assert table[1].split()[1:6] == ["1", "1.000", "1.000", "1.000", "1.000"]


def test_both_shapes_of_a_line_are_read(tmp_path):
    lines = [
        {"query": "a", "class": "plain", "relevant": {"1.000001": 2}},
        {"query": "b", "expected_in_corpus": ["1.000002"], "behaviour": "answer"},
        {"query": "c", "expected_in_corpus": [], "behaviour": "out_of_scope"},
    ]
    path = tmp_path / "queries.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)) + "\n\n")

    assert read_judged_queries(path) == [
        JudgedQuery("a", "plain", {"1.000001": 2}),
        JudgedQuery("b", "answer", {"1.000002": 3}),
    ]


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"query": "a"}', '{"relevant": {"1": 3}, "class": "x"}']
)
def test_wrong_line_is_named(tmp_path, line):
    path = tmp_path / "queries.jsonl"
    path.write_text(f"\n{line}")

    with pytest.raises(ValueError, match="Line 2"):
        read_judged_queries(path)
