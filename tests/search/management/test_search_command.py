import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from factories.search import end, publish

pytestmark = pytest.mark.django_db


def run(*arguments):
    out = StringIO()
    call_command("search", *map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.fixture
def indexed(search_dir):
    version = publish("1.000894", "Đăng ký kết hôn")
    run("rebuild")
    return version


def test_rebuild_tells_how_many(search_dir):
    publish()

    assert run("rebuild") == "1 indexed\nThe index holds 1 procedures.\n"


def test_check_of_an_equal_index_passes(indexed):
    assert run("check").splitlines() == [
        "1 procedures in the index, 0 changes wait.",
        "missing: 0",
        "outdated: 0",
        "surplus: 0",
    ]


def test_check_of_another_index_fails(indexed):
    end(indexed, date(2021, 1, 1))

    with pytest.raises(CommandError, match="differs"):
        run("check")


@pytest.mark.parametrize("arguments", [("check",), ("explain", "kết hôn", "1.000894")])
def test_missing_index_names_the_mend(search_dir, arguments):
    with pytest.raises(CommandError, match="search rebuild"):
        run(*arguments)


@pytest.fixture
def judged(indexed, tmp_path):
    path = tmp_path / "queries.jsonl"
    path.write_text(json.dumps({"query": "kết hôn", "class": "plain", "relevant": {"1.000894": 3}}))
    return path


def test_evaluate_prints_a_table(judged):
    assert "plain" in run("evaluate", judged)


def test_evaluate_compares_with_what_it_saved(judged, tmp_path):
    baseline = tmp_path / "baseline.json"

    run("evaluate", judged, "--save", baseline)

    assert "fell" not in run("evaluate", judged, "--compare", baseline)


@pytest.mark.parametrize(("name", "is_told"), [("tuning.jsonl", True), ("held_out.jsonl", False)])
def test_evaluate_fails_on_a_fall(indexed, judged, tmp_path, name, is_told):
    baseline, out = tmp_path / "baseline.json", StringIO()
    run("evaluate", judged, "--save", baseline)
    end(indexed, date(2021, 1, 1))
    run("rebuild")

    with pytest.raises(CommandError, match=r"worse than .*baseline\.json"):
        call_command(
            "search",
            "evaluate",
            str(judged.rename(tmp_path / name)),
            f"--compare={baseline}",
            stdout=out,
        )

    assert "plain: S@1 fell from 1.000 to 0.000" in out.getvalue()
    assert ("-1.000  kết hôn" in out.getvalue()) == is_told


def test_evaluate_against_another_file_is_told(judged):
    with pytest.raises(CommandError, match=r"queries\.jsonl: this is no baseline"):
        run("evaluate", judged, "--compare", judged)


def test_evaluate_of_a_wrong_file_is_told(search_dir, tmp_path):
    with pytest.raises(CommandError, match=r"none\.jsonl"):
        run("evaluate", tmp_path / "none.jsonl")


def test_explain_tells_query_and_score(indexed):
    told = run("explain", "sổ đỏ kết hôn", "1.000894")

    assert "so do | giay chung nhan quyen su dung dat" in told
    assert "hon in name × 1.5" in told
    assert "score " in told


def test_explain_of_no_answer_is_told(indexed):
    with pytest.raises(CommandError, match="not among the answers"):
        run("explain", "tách hộ", "1.000894")
