import json

import pytest

from factories.search import make_document
from search import tuning
from search.documents import build_search_document
from search.engines import Operation
from search.evaluation import JudgedQuery
from search.ranking import FEATURES
from search.tuning import cross_validate, observe, reached, tune, write_ranking

NAMES = {
    "1.000001": "Đăng ký kết hôn",
    "1.000002": "Đăng ký kết hôn có yếu tố nước ngoài",
    "1.000003": "Đăng ký khai sinh",
    "1.000004": "Đăng ký khai sinh có yếu tố nước ngoài",
    "1.000005": "Đăng ký khai tử",
    "1.000006": "Đăng ký khai tử có yếu tố nước ngoài",
}
JUDGED = [
    JudgedQuery("kết hôn", "plain", {"1.000001": 3, "1.000002": 1}),
    JudgedQuery("khai sinh", "plain", {"1.000003": 3}),
    JudgedQuery("khai tử", "plain", {"1.000005": 3}),
    JudgedQuery("vũ trụ", "none", {}),
]


@pytest.fixture
def observations(engine):
    engine.apply(
        [
            Operation(code, 1, build_search_document(make_document(code, name), sha256=code))
            for code, name in NAMES.items()
        ]
    )
    return observe(JUDGED)


def test_each_answered_query_is_observed_as_typed_and_unaccented(observations):
    groups = [observation.group for observation in observations]

    assert groups == ["1.000001", "1.000001", "1.000003", "1.000005", "1.000005"]
    assert {len(observation.columns) for observation in observations} == {len(FEATURES)}


def test_tuned_weights_put_the_judged_first(observations):
    weights = tune(observations)

    assert weights.keys() == set(FEATURES)
    assert weights["name_covered"] > 0
    assert reached(observations, weights).first == 1


def test_feature_that_tells_nothing_gets_no_weight(observations):
    assert tune(observations)["person"] == 0


def test_more_caution_gives_smaller_weights(observations):
    cautious = tune(observations, caution=1.0)

    assert 0 < cautious["name_covered"] < tune(observations)["name_covered"]


def test_each_fold_is_measured_on_what_it_was_not_tuned_on(observations):
    folds = list(cross_validate(observations, folds=3))

    assert len(folds) == 3
    assert all(kept_back.first == 1 for _, kept_back in folds)
    assert folds == list(cross_validate(observations, folds=3))


def test_written_weights_tell_where_they_come_from(observations, monkeypatch, tmp_path):
    kept = tmp_path / "weights.json"
    kept.write_text('{"title": 30.0, "ranking": {"engine": 1.0}}')
    monkeypatch.setattr(tuning, "WEIGHTS", kept)

    write_ranking({"engine": 2.0}, files=["dev.jsonl"], kept_back=[reached(observations, {})])

    written = json.loads(kept.read_text())
    assert written["title"] == 30.0
    assert written["ranking"] == {"engine": 2.0}
    assert written["tuned"]["files"] == ["dev.jsonl"]
    assert 0 < written["tuned"]["kept back"]["nDCG@10"] <= 1
