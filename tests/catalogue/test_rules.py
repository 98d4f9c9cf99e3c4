import json
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from catalogue.models import Rule
from catalogue.selectors.rules import RuleNotFound, rule
from catalogue.services.rules import load_rules, read_rules

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

IN_2019 = date(2019, 6, 3)
IN_2026 = date(2026, 9, 1)

# Each row: the article, read in the text of the act.
LAW = [
    ("publication.ministry_days_before_effect", 20, "D63 art. 15"),
    ("publication.province_days_before_effect", 5, "D63 art. 15"),
    ("publication.fast_track_days_after_signing", 3, "D63 art. 15"),
    ("entry.ministry_working_days", 10, "D63 art. 24(2)"),
    ("entry.province_working_days", 5, "D63 art. 24(2)"),
    ("entry.fast_track_working_days", 2, "D63 art. 24(2)"),
    ("handover.cutoff", "15:00", "D61 art. 18(2) and (3)"),
    ("supplement.requests_at_reception", 1, "D61 arts 11(2)c, 15(3) and 17(2)a"),
    ("supplement.notice_working_days", 3, "D61 art. 19(4)"),
    ("supplement.clock_restarts", True, "D61 art. 19(4)"),
    ("apology.days_before_expiry", 1, "D61 art. 19(9)"),
    ("apology.reappointments", 1, "D61 art. 19(9)"),
    ("fees.settlement_months", 3, "D61 art. 12(9)"),
    ("dossier.serial_digits", 4, "C01 art. 19(1)"),
    ("dossier.code_order", "level_1_last", "C01 art. 19(1)"),
    ("documents.paper_size_forms_01_to_05", "A5", "C01 art. 9(2)"),
    ("documents.paper_size_form_06", "A4", "C01 art. 9(2)"),
    ("online.clicks_to_service", 3, "C32 art. 11(2)b"),
    ("online.progress_after_seconds", 10, "C32 art. 11(2)đ"),
    ("online.outage_notice_working_days", 1, "C32 art. 11(2)e"),
    ("online.level_scheme", "C32", "C32 art. 5"),
    ("online.satisfaction_levels", 3, "C32 art. 12(1)c"),
    ("questions.answer_working_days", 15, "D43 art. 17(1)đ"),
    ("indicator.5.received_percent", 100, "C01 art. 13(5)b"),
    ("indicator.8.in_time_percent", {"best": 100, "middle": 90}, "C01 art. 13(8)"),
    ("indicator.9.eligible_online_percent", 20, "C01 art. 13(9)a"),
    ("indicator.9.dossiers_online_percent", {"best": 30, "middle": 15}, "C01 art. 13(9)"),
    ("indicator.decimals", 1, "C01 art. 15(2)a"),
]


@pytest.mark.parametrize(("key", "value", "article"), LAW)
def test_rule_in_2019_as_the_article_says(key: str, value: Any, article: str) -> None:
    load_rules()

    assert rule(key, on=IN_2019) == value
    row = Rule.objects.get(key=key, valid_from__lte=IN_2019, article=article)
    assert row.text_seen


def test_whole_process_share_by_level() -> None:
    load_rules()

    # C01 art. 13(5)a
    shares = rule("indicator.5.whole_process_percent", on=IN_2019)

    assert shares == {"ministry": 20, "province": 20, "district": 50, "commune": 100}


def test_rating_bands() -> None:
    load_rules()

    # C01 art. 15(3)
    officer = [band["from"] for band in rule("rating.officer_bands", on=IN_2019)]
    agency = [band["from"] for band in rule("rating.agency_bands", on=IN_2019)]

    assert officer == [5, 3.5, 0]
    assert agency == [15, 12, 9, 6, 0]


@pytest.mark.parametrize(("day", "notice"), [(date(2026, 6, 30), 1), (date(2026, 7, 1), 7)])
def test_outage_notice_changes_on_1_july_2026(day: date, notice: int) -> None:
    load_rules()

    # C32 art. 11(2)e until D224 art. 13(1)a, in force by its art. 90(1)
    assert rule("online.outage_notice_working_days", on=day) == notice


@pytest.mark.parametrize(
    ("day", "order"),
    [(date(2020, 9, 14), "level_1_last"), (date(2020, 9, 15), "level_1_first")],
)
def test_code_order_changes_with_decision_20(day: date, order: str) -> None:
    load_rules()

    # C01 art. 19(1) until D20 art. 4, in force by its art. 12(1)
    assert rule("dossier.code_order", on=day) == order


def test_agency_code_length() -> None:
    load_rules()

    # D20 art. 4(1)
    assert rule("agency.code_max_length", on=IN_2026) == 35


def test_copied_rule_says_that_its_text_was_not_seen() -> None:
    load_rules()

    row = Rule.objects.get(key="apology.reappointments", valid_to=None)

    assert (row.value, row.valid_from, row.text_seen) == (1, date(2025, 7, 1), False)
    assert row.article == ("Decree 118/2025/NĐ-CP, text not seen: copied from D61 art. 19(9)")


def test_shipped_rules_do_not_overlap() -> None:
    periods: dict[str, list[tuple[date, date]]] = {}
    for row in read_rules():
        periods.setdefault(row.key, []).append((row.valid_from, row.valid_to or date.max))

    for key, found in periods.items():
        steps = pairwise(sorted(found))
        assert all(end <= start for (_, end), (start, _) in steps), key


def test_shipped_rules_have_a_value_today_and_labels() -> None:
    rows = read_rules()

    assert {row.key for row in rows if row.valid_to is None} == {row.key for row in rows}
    assert all(row.label and row.label_en and row.article for row in rows)


def test_unknown_rule_names_key_and_day() -> None:
    load_rules()

    with pytest.raises(RuleNotFound, match=r"no\.such\.rule applies on 2026-09-01"):
        rule("no.such.rule", on=IN_2026)


def test_rule_before_its_first_day_not_found() -> None:
    load_rules()

    with pytest.raises(RuleNotFound):
        rule("personal_data.answer_working_days", on=date(2025, 12, 31))


def test_rule_read_after_edit_is_new() -> None:
    load_rules()
    Rule.objects.filter(key="handover.cutoff", valid_to=None).update(value="16:00", edited=True)

    assert rule("handover.cutoff", on=IN_2026) == "16:00"


def test_rule_takes_one_query(django_assert_num_queries: Any) -> None:
    load_rules()

    with django_assert_num_queries(1):
        rule("handover.cutoff", on=IN_2026)


def test_load_twice_changes_nothing() -> None:
    first = load_rules()

    second = load_rules()

    assert first == Rule.objects.count() == len(read_rules())
    assert second == 0


def test_load_keeps_what_an_administrator_edited() -> None:
    load_rules()
    Rule.objects.filter(key="handover.cutoff", valid_to=None).update(value="16:00", edited=True)

    changed = load_rules()

    assert changed == 0
    assert rule("handover.cutoff", on=IN_2026) == "16:00"


def test_load_keeps_what_an_administrator_added() -> None:
    load_rules()
    Rule.objects.create(
        key="local.rule", value=1, valid_from=date(2026, 1, 1), article="own", edited=True
    )

    load_rules()

    assert rule("local.rule", on=IN_2026) == 1


def test_load_refreshes_and_removes_rows_of_an_older_release(tmp_path: Path) -> None:
    older = tmp_path / "rules.json"
    older.write_text(json.dumps(_one_rule("handover.cutoff", "14:00", "2018-06-21")))
    load_rules(path=older)
    newer = tmp_path / "newer.json"
    newer.write_text(json.dumps(_one_rule("handover.cutoff", "15:00", "2018-06-22")))

    changed = load_rules(path=newer)

    assert changed == 2
    assert Rule.objects.get().value == "15:00"


def _one_rule(key: str, value: str, valid_from: str) -> dict[str, Any]:
    entry = {
        "key": key,
        "value": value,
        "unit": "time_of_day",
        "instrument": "D61",
        "article": "art. 18(2)",
        "text_seen": True,
        "label_vi": "a",
        "label_en": "b",
    }
    return {"instruments": {"D61": {"valid_from": valid_from}}, "rules": [entry]}
