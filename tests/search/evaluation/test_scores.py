import pytest

from search.evaluation import JudgedQuery, evaluate

pytestmark = pytest.mark.usefixtures("filled")


def scores(*judged):
    return {score.kind: score for score in evaluate(judged).scores()}


def figures(query, relevant):
    return scores(JudgedQuery(query, "plain", relevant))["plain"].figures


def test_right_code_first_is_perfect():
    assert figures("đăng ký kết hôn", {"1.000001": 3}) == {
        "nDCG@10": 1,
        "S@1": 1,
        "S@10": 1,
        "MRR": 1,
    }


def test_right_code_second_scores_less():
    found = figures("đăng ký kết hôn", {"1.000002": 3})

    assert (found["S@1"], found["S@10"], found["MRR"]) == (0, 1, 0.5)
    assert found["nDCG@10"] == pytest.approx(0.6309, abs=1e-4)


def test_better_grade_first_is_worth_more():
    better = figures("đăng ký kết hôn", {"1.000001": 3, "1.000002": 1})
    worse = figures("đăng ký kết hôn", {"1.000001": 1, "1.000002": 3})

    assert (better["nDCG@10"], worse["S@1"]) == (1, 1)
    # (1 + 7 / log2 3) / (7 + 1 / log2 3)
    assert worse["nDCG@10"] == pytest.approx(0.7098, abs=1e-4)


def test_right_code_missing_scores_nothing():
    assert set(figures("tách hộ", {"9.999999": 3}).values()) == {0}


def test_query_that_finds_nothing_is_counted():
    score = scores(JudgedQuery("xyzzy", "plain", {"1.000001": 3}))["plain"]

    assert (score.zero, score.nothing, score.figures["S@10"]) == (1, 1, 0)


def test_query_without_an_answer_is_right_when_none_is_promised():
    found = scores(
        JudgedQuery("xyzzy", "none", {}),
        JudgedQuery("kết xyzzy", "none", {}),
        JudgedQuery("tách hộ", "none", {}),
    )

    assert list(found) == ["none"]
    assert found["none"].figures == {"nothing": pytest.approx(2 / 3)}
    assert found["none"].zero == pytest.approx(1 / 3)


def test_classes_are_told_apart_and_together():
    found = scores(
        JudgedQuery("đăng ký kết hôn", "plain", {"1.000001": 3}),
        JudgedQuery("tách hộ", "short", {"9.999999": 3}),
        JudgedQuery("tach ho", "typed", {"1.000003": 3}),
        JudgedQuery("xyzzy", "none", {}),
    )

    assert list(found) == ["none", "plain", "short", "typed", "all", "accented", "unaccented"]
    assert [found[kind].queries for kind in ("all", "accented", "unaccented")] == [3, 2, 2]
    assert found["all"].figures["S@1"] == pytest.approx(2 / 3)
    assert found["unaccented"].figures == found["accented"].figures
