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


def test_evaluate_prints_a_table(indexed, tmp_path):
    path = tmp_path / "queries.jsonl"
    path.write_text(json.dumps({"query": "kết hôn", "class": "plain", "relevant": {"1.000894": 3}}))

    assert "plain" in run("evaluate", path)


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
