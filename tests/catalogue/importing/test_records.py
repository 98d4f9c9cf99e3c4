from typing import Any

import pytest

from catalogue.importing.records import RecordInvalid, read_legal_bases, read_record

RECORD: dict[str, Any] = {
    "code": "1.990002",
    "name": "Cấp giấy nuôi ong",
    "field": "Chăn nuôi",
    "publishing_agency": "Bộ Thử nghiệm",
    "decision_number": "7/QĐ-BTN",
    "levels": ["commune", "province"],
    "applicants": ["Công dân Việt Nam", "Doanh nghiệp", "Doanh nghiệp"],
    "steps_text": "Chuẩn bị.\nBước 1: Nộp hồ sơ.\nBước 2: Nhận giấy.",
    "methods": [],
    "dossier": [],
    "results": ["Giấy nuôi ong"],
    "result_codes": ["KQ1"],
    "conditions": "Có vườn.",
    "legal_basis_raw": "",
    "source_url": "https://vidu.gov.vn",
}


def document(**changes: Any) -> dict[str, Any]:
    return read_record(RECORD | changes).document


def method(**changes: Any) -> dict[str, Any]:
    cell = {"channel": "direct", "time": {"value": 3.0, "unit": "working_day"}}
    return (
        cell | {"time_text": "3 Ngày làm việc", "fee_free": False, "fees": [], "text": ""} | changes
    )


def limit(**changes: Any) -> dict[str, Any]:
    return document(methods=[method(**changes)])["channels"][0]["time_limits"][0]


def fees(**changes: Any) -> list[tuple[str, int | None, str]]:
    return [(fee["state"], fee["value"], fee["text"]) for fee in limit(**changes)["fees"]]


@pytest.mark.parametrize("part", ["code", "name", "field", "publishing_agency"])
@pytest.mark.parametrize("value", [None, "  ", 7])
def test_record_without_what_every_procedure_has_is_refused(part: str, value: object) -> None:
    with pytest.raises(RecordInvalid, match=part):
        document(**{part: value})


def test_record_is_read_in_order_of_the_levels_without_repeats() -> None:
    read = document()

    assert read["levels"] == ["province", "commune"]
    assert read["applicants"] == ["Công dân Việt Nam", "Doanh nghiệp"]
    assert read["audiences"] == ["person", "organisation"]
    assert [step["text"] for step in read["steps"]] == [
        "Chuẩn bị.",
        "Bước 1: Nộp hồ sơ.",
        "Bước 2: Nhận giấy.",
    ]
    assert read["results"] == [{"key": "k1", "name": "Giấy nuôi ong", "code": "KQ1"}]


def test_steps_without_numbers_stay_one_text() -> None:
    assert document(steps_text="Nộp\r\n\r\nNhận")["steps"] == [
        {"key": "s1", "case": None, "text": "Nộp\nNhận"}
    ]


def test_methods_of_one_channel_become_its_time_limits() -> None:
    read = document(methods=[method(), method(channel="online"), method(time_text="khác")])

    assert [(c["kind"], len(c["time_limits"])) for c in read["channels"]] == [
        ("direct", 2),
        ("online", 1),
    ]


@pytest.mark.parametrize(
    ("time", "text", "expected"),
    [
        ({"value": 3.0, "unit": "day"}, "3 Ngày", ("stated", 3, "calendar_day", "3 Ngày")),
        ({"value": 0.5, "unit": "month"}, "", ("stated", 0.5, "month", "")),
        ({"value": 12, "unit": None}, "12", ("stated", 12, None, "12")),
        ({"value": 0.0, "unit": "day"}, "0 Ngày", ("unknown", None, None, "0 Ngày")),
        (None, "Không có thông tin", ("unknown", None, None, "")),
        (None, "Theo thông báo", ("unknown", None, None, "Theo thông báo")),
    ],
)
def test_time_limit_says_what_is_known(
    time: dict[str, Any] | None, text: str, expected: tuple[Any, ...]
) -> None:
    read = limit(time=time, time_text=text)

    assert (read["state"], read["value"], read["unit"], read["text"]) == expected


def test_fee_set_by_a_council_is_delegated_though_flagged_free() -> None:
    text = "Theo nghị quyết của Hội đồng nhân dân tỉnh"

    assert fees(fee_free=True, text=text) == [("delegated", None, text)]
    assert fees(text="Do HĐND quy định") == [("delegated", None, "Do HĐND quy định")]


def test_fee_that_says_nothing_is_unknown_and_never_free() -> None:
    assert fees() == [("unknown", None, "")]
    assert fees(text="Theo quy định") == [("unknown", None, "Theo quy định")]


def test_fee_is_free_only_when_flagged() -> None:
    assert fees(fee_free=True, text="Không") == [("free", None, "Không")]


@pytest.mark.parametrize(
    ("fee", "expected"),
    [
        ({"amount": 20000, "currency": "VND", "kind": "Lệ phí"}, ("stated", 20000, "Lệ phí")),
        ({"amount": 100, "currency": "VND"}, ("stated", 100, "")),
        ({"amount": 99, "currency": "VND"}, ("unknown", None, "99 VND")),
        ({"amount": 50, "currency": "VND", "note": "50 nghìn"}, ("unknown", None, "50 nghìn")),
        ({"amount": 0, "currency": "VND"}, ("unknown", None, "0 VND")),
        ({"amount": 10, "currency": "USD", "note": "/lần"}, ("stated", 10, "/lần")),
        ({"amount": 0.03, "currency": "VND"}, ("unknown", None, "0.03 VND")),
        ({"amount": None, "note": "HĐND tỉnh quy định"}, ("delegated", None, "HĐND tỉnh quy định")),
    ],
)
def test_stated_fee_counts_only_where_the_amount_is_usable(
    fee: dict[str, Any], expected: tuple[Any, ...]
) -> None:
    assert fees(fees=[fee]) == [expected]


def group(case: str | None, *names: str, original: int = 1) -> dict[str, Any]:
    papers = [{"name": name, "original": original, "copy": 0, "forms": []} for name in names]
    return {"case": case, "documents": papers}


def test_groups_carry_kind_and_rule_and_papers_numbered_through() -> None:
    read = document(dossier=[group("Giấy tờ phải nộp", "Đơn", " "), group("Lưu ý", "Mang thẻ")])

    assert [(g["kind"], g["kind_rule"], g["title"]) for g in read["document_groups"]] == [
        ("always", "heading: to submit or present", "Giấy tờ phải nộp"),
        ("note", "heading: note", "Lưu ý"),
    ]
    papers = [p for g in read["document_groups"] for p in g["documents"]]
    assert [(p["key"], p["name"], p["note"]) for p in papers] == [
        ("d1", "Đơn", False),
        ("d2", "Mang thẻ", True),
    ]


def test_unnamed_group_that_holds_only_notes_is_a_note() -> None:
    notes = group(None, "* Không cần nộp bản sao", original=0)

    read = document(dossier=[group("Giấy tờ phải nộp", "Đơn"), notes])

    assert read["document_groups"][1]["kind"] == "note"


def test_doubtful_and_repeated_headings_go_to_an_editor() -> None:
    read = read_record(
        RECORD | {"dossier": [group("Hồ sơ năng lực", "Đơn"), group("Hồ sơ năng lực", "Giấy")]}
    )

    assert list(map(str, read.doubts)) == [
        "document group 1: heading: unknown: Hồ sơ năng lực",
        "document group 2: heading: unknown: Hồ sơ năng lực",
        "document group 2: heading used before: Hồ sơ năng lực",
    ]


def test_paper_takes_its_forms_and_counts() -> None:
    paper = {"name": "Tờ khai", "original": 2, "copy": 1, "forms": ["Mẫu 1.doc", "Mẫu 2.doc"]}

    read = document(dossier=[{"case": None, "documents": [paper]}])

    held = read["document_groups"][0]["documents"][0]
    assert (held["originals"], held["copies"]) == (2, 1)
    assert held["form"] == {"name": "Mẫu 1.doc; Mẫu 2.doc", "file": None}


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("", []),
        ("Luật Hộ tịch60/2014/QH13", [("60/2014/QH13", "Luật Hộ tịch")]),
        (
            "Tên văn bản pháp lý Mã văn bản"
            "Luật Hộ tịch60/2014/QH13Nghị định về hộ tịch123/2015/NĐ-CP",
            [("60/2014/QH13", "Luật Hộ tịch"), ("123/2015/NĐ-CP", "Nghị định về hộ tịch")],
        ),
        (
            "Nghị định sửa đổi Nghị định số 63/2010/NĐ-CP về kiểm soát92/2017/NĐ-CP",
            [("92/2017/NĐ-CP", "Nghị định sửa đổi Nghị định số 63/2010/NĐ-CP về kiểm soát")],
        ),
    ],
)
def test_legal_bases_are_split_at_the_numbers(text: str, acts: list[tuple[str, str]]) -> None:
    assert [(act["number"], act["title"]) for act in read_legal_bases(text)] == acts
