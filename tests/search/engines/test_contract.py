"""What every engine must do; each engine of the product passes this file."""

import multiprocessing
import threading
import time
from dataclasses import replace
from datetime import date

import pytest

from factories.search import make_document
from search.documents import build_search_document
from search.engines import IndexUnusableError, Operation, current_engine
from search.query import SearchQuery, parse_query


def index(code, name="Đăng ký kết hôn", *, version=1, **changes):
    document = make_document(code, name, **changes)
    return Operation(code, version, build_search_document(document, sha256=f"{code} {name}"))


def codes(engine, text, **asked):
    return [hit.code for hit in engine.search(parse_query(text, **asked)).hits]


def test_document_is_found_once_it_is_applied(engine):
    assert engine.apply([index("1.000894")]) == 1

    assert codes(engine, "ket hon") == ["1.000894"]
    assert engine.count() == 1


def test_newer_version_replaces_the_document(engine):
    engine.apply([index("1.000894", "Đăng ký kết hôn", version=1)])

    engine.apply([index("1.000894", "Tách hộ", version=2)])

    assert codes(engine, "ket hon") == []
    assert codes(engine, "tach ho") == ["1.000894"]
    assert engine.hashes() == {"1.000894": "1.000894 Tách hộ"}


@pytest.mark.parametrize("version", [1, 2])
def test_version_that_is_not_newer_has_no_effect(engine, version):
    engine.apply([index("1.000894", "Đăng ký kết hôn", version=2)])

    assert engine.apply([index("1.000894", "Tách hộ", version=version)]) == 0

    assert codes(engine, "ket hon") == ["1.000894"]


def test_last_of_several_operations_on_a_code_counts(engine):
    engine.apply([index("1.000894"), Operation("1.000894", 2, None)])

    assert engine.count() == 0


def test_deleted_document_is_not_found(engine):
    engine.apply([index("1.000894"), index("1.010038", "Tách hộ")])

    assert engine.apply([Operation("1.000894", 2, None)]) == 1

    assert codes(engine, "ket hon") == []
    assert engine.count() == 1


def test_deleting_what_is_not_there_has_no_effect(engine):
    assert engine.apply([Operation("1.000894", 1, None)]) == 0


def test_name_counts_more_than_papers(engine):
    papers = {"steps": [{"key": "s1", "case": None, "text": "giấy kết hôn " * 20}]}
    engine.apply([index("1.000001", "Đăng ký khai sinh", **papers), index("1.000002")])

    assert codes(engine, "kết hôn") == ["1.000002", "1.000001"]


def test_commune_comes_first_among_equals(engine):
    levels = {"1.000001": "ministry", "1.000002": "province", "1.000003": "commune"}
    engine.apply([index(code, levels=[level]) for code, level in levels.items()])

    assert codes(engine, "kết hôn") == ["1.000003", "1.000002", "1.000001"]


def test_code_comes_first(engine):
    engine.apply([index("1.000894"), index("1.000001", "Đăng ký kết hôn 1.000894")])

    assert codes(engine, "kết hôn 1000894")[0] == "1.000894"


def test_filter_takes_any_of_its_values(engine):
    engine.apply(
        [
            index(f"1.00000{i}", levels=[level])
            for i, level in enumerate(["ministry", "province", "commune"])
        ]
    )

    found = engine.search(parse_query("", filters={"level": ["ministry", "commune"]}))

    assert sorted(hit.code for hit in found.hits) == ["1.000000", "1.000002"]


def test_facets_are_counted_without_their_own_filter(engine):
    engine.apply(
        [
            index("1.000001", levels=["commune"], audiences=["person"]),
            index("1.000002", levels=["province"], audiences=["person"]),
            index("1.000003", levels=["province"], audiences=["organisation"]),
        ]
    )

    found = engine.search(parse_query("kết hôn", filters={"level": ["province"]}))

    assert found.total == 2
    assert found.facets["level"] == {"province": 2, "commune": 1}
    assert found.facets["audience"] == {"person": 1, "organisation": 1}


@pytest.mark.parametrize("value", ["nowhere", "", "commune' OR 1", "*"])
def test_unknown_facet_value_finds_nothing(engine, value):
    engine.apply([index("1.000894")])

    assert engine.search(parse_query("", filters={"level": [value]})).total == 0


def test_pages_follow_each_other(engine):
    engine.apply([index(f"1.{number:06}") for number in range(25)])

    pages = [codes(engine, "kết hôn", page=page, size=10) for page in (1, 2, 3, 4)]

    assert [len(page) for page in pages] == [10, 10, 5, 0]
    assert len({code for page in pages for code in page}) == 25


def ordered(engine, order, **asked):
    query = replace(parse_query("kết hôn", **asked), order=order)
    return [hit.code for hit in engine.search(query).hits]


def test_order_by_name_is_vietnamese_and_goes_on_over_pages(engine):
    names = ["Đăng ký kết hôn", "Ăn hỏi, kết hôn", "An toàn kết hôn", "Đăng ký kết hôn", "Tách hộ"]
    engine.apply([index(f"1.00000{i}", name) for i, name in enumerate(names)])

    pages = [ordered(engine, "order_name", page=page, size=2) for page in (1, 2, 3)]

    assert pages == [["1.000002", "1.000001"], ["1.000000", "1.000003"], []]


def test_order_by_newest_has_the_last_in_force_first(engine):
    documents = {code: make_document(code) for code in ("1.000001", "1.000002", "1.000003")}
    days = [date(2024, 5, 1), date(2026, 1, 1), date(2025, 1, 1)]
    engine.apply(
        [
            Operation(code, 1, build_search_document(document, sha256=code, valid_from=day))
            for (code, document), day in zip(documents.items(), days, strict=True)
        ]
    )

    assert ordered(engine, "order_newest") == ["1.000002", "1.000003", "1.000001"]


def test_order_changes_neither_total_nor_filters(engine):
    engine.apply([index("1.000001", levels=["province"]), index("1.000002")])
    query = parse_query("kết hôn", filters={"level": ["province"]})

    best, by_name = (engine.search(replace(query, order=order)) for order in ("", "order_name"))

    assert best.total == by_name.total == 1
    assert best.facets == by_name.facets


def test_only_the_asked_facets_are_counted(engine):
    engine.apply([index("1.000894")])

    found = engine.search(replace(parse_query("kết hôn"), facets=("level",)))
    nothing_counted = engine.search(replace(parse_query("kết hôn"), facets=()))

    assert found.facets == {"level": {"commune": 1}}
    assert nothing_counted.facets == {}
    assert nothing_counted.total == 1


def test_beginnings_of_words_are_found_as_terms(engine):
    engine.apply([index("1.000894"), index("1.010038", "Tách hộ")])
    query = SearchQuery(groups=((("k",),), (("ho",),)), needed=2, within=("starts",))

    assert [hit.code for hit in engine.search(query).hits] == ["1.000894"]


@pytest.mark.parametrize(
    "text", ["*", "/.*/ OR (", "field:secret", "kết OR (hôn", '"kết hôn', "\\"]
)
def test_q1_syntax_is_words(engine, text):
    engine.apply([index("1.000894")])

    found = engine.search(parse_query(text))

    assert found.total == (1 if "kết" in text or not parse_query(text).groups else 0)


def test_empty_query_finds_everything(engine):
    engine.apply([index("1.000001"), index("1.000002")])

    assert engine.search(parse_query("")).total == 2


def test_explanation_adds_up_to_the_score(engine):
    engine.apply([index("1.000894"), index("1.010038", "Tách hộ")])
    query = parse_query("kết hôn")

    explanation = engine.explain(query, "1.000894")

    assert explanation.matches
    assert explanation.score == pytest.approx(engine.search(query).hits[0].score)
    assert not engine.explain(query, "1.010038").matches


def test_spare_index_is_used_after_the_swap(engine):
    engine.apply([index("1.000894")])

    with engine.spare() as spare:
        spare.apply([index("1.010038", "Tách hộ")])
        before = codes(engine, "ket hon")
        spare.swap()

    assert before == ["1.000894"]
    assert codes(engine, "ket hon") == []
    assert codes(engine, "tach ho") == ["1.010038"]


def test_spare_index_without_swap_leaves_no_trace(engine, search_dir):
    before = sorted(search_dir.rglob("*"))

    with engine.spare() as spare:
        spare.apply([index("1.000894")])

    assert sorted(search_dir.rglob("*")) == before
    assert engine.count() == 0


def test_missing_index_is_unusable(search_dir):
    engine = current_engine()

    assert not engine.is_usable()
    with pytest.raises(IndexUnusableError):
        engine.search(parse_query("kết hôn"))
    with pytest.raises(IndexUnusableError):
        engine.apply([index("1.000894")])


def test_one_process_writes_at_a_time(engine):
    written = []

    def write(code, pause):
        with engine.writing():
            time.sleep(pause)
            engine.apply([index(code)])
            written.append(code)

    slow = threading.Thread(target=write, args=("1.000001", 0.2))
    slow.start()
    time.sleep(0.05)
    write("1.000002", 0)
    slow.join()

    assert written == ["1.000001", "1.000002"]
    assert engine.count() == 2


def _count_in_child(answers):
    answers.put(current_engine().count())


def test_forked_process_searches_with_its_own_reader(engine):
    engine.apply([index("1.000894")])
    fork = multiprocessing.get_context("fork")
    answers = fork.SimpleQueue()

    child = fork.Process(target=_count_in_child, args=(answers,))
    child.start()
    child.join(20)

    assert child.exitcode == 0
    assert answers.get() == 1


def test_reader_sees_what_another_object_wrote(engine, search_dir):
    other = type(engine)(search_dir)
    assert other.count() == 0

    engine.apply([index("1.000894")])

    assert other.count() == 1


def test_facts_tell_engine_time_and_size_of_the_index(engine):
    before = engine.facts()
    engine.apply([index("1.000894")])

    after = engine.facts()

    assert after.engine == before.engine != ""
    assert after.built_at == before.built_at
    assert after.size > 0


def test_facts_of_no_index_are_an_error(search_dir):
    with pytest.raises(IndexUnusableError):
        current_engine().facts()
