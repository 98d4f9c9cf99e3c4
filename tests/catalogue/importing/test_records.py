from typing import Any

import pytest

from catalogue.importing.legal_bases import read_legal_bases
from catalogue.importing.records import RecordInvalid, read_record

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
        "Nộp hồ sơ.",
        "Nhận giấy.",
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
    assert fees(text="Không có thông tin(Theo bảng)") == [("unknown", None, "Theo bảng")]


def test_fee_is_free_only_when_flagged() -> None:
    assert fees(fee_free=True, text="Miễn phí") == [("free", None, "")]
    assert fees(fee_free=True, text="Miễn phí(Không)") == [("free", None, "")]
    assert fees(fee_free=True, text="Miễn phí(không thu phí)") == [("free", None, "không thu phí")]


@pytest.mark.parametrize(
    ("note", "state"),
    [
        ("Cấp mới 10.000 đồng; (Miễn phí đến 30/6/2026)", "stated"),
        ("200 USD/lần", "stated"),
        ("Theo quy định của pháp luật về phí, lệ phí", "unknown"),
        ("Theo mức thu của Thông tư số 1/2020/TT-BTC", "unknown"),
        ("Theo nghị quyết của HĐND tỉnh", "delegated"),
    ],
)
def test_free_with_a_note_on_money_is_not_free(note: str, state: str) -> None:
    assert fees(fee_free=True, text=f"Miễn phí({note})3 ngày") == [(state, None, note)]


def test_amounts_of_a_tariff_flagged_free_are_one_fee_in_words() -> None:
    amounts = [{"amount": 40000, "currency": "VND"}, {"amount": 90000, "currency": "VND"}]

    read = fees(fee_free=True, fees=amounts, text="Miễn phí(Xe: 40.000 đồng; ô tô: 90.000 đồng)")

    assert read == [("stated", None, "Xe: 40.000 đồng; ô tô: 90.000 đồng")]


@pytest.mark.parametrize(
    ("text", "description"),
    [
        ("Miễn phí", ""),
        ("Miễn phí3 ngày", "3 ngày"),
        ("Miễn phí(a (b) c)3 ngày", "3 ngày"),
        ("Miễn phí(a (b) 3 ngày", "3 ngày"),
        ("Không có thông tin- 1 ngày", "- 1 ngày"),
        ("100,000 Việt Nam Đồng(một lần)3 ngày", "3 ngày"),
        ("Phí : 1,000 Đồng (a) Lệ phí : 2,000 Đồng (b)3 ngày", "3 ngày"),
        ("Nộp qua bưu điện", "Nộp qua bưu điện"),
    ],
)
def test_description_behind_the_fee_is_the_channels_text(text: str, description: str) -> None:
    assert document(methods=[method(text=text)])["channels"][0]["text"] == description


def test_descriptions_of_one_channel_stand_once_each() -> None:
    methods = [method(text="Miễn phíA"), method(text="Miễn phíB"), method(text="Miễn phíA")]

    assert document(methods=methods)["channels"][0]["text"] == "A\nB"


@pytest.mark.parametrize("text", ["", "Không", "Không có.", "- Không quy định", "Không yêu cầu"])
def test_requirement_that_says_none_is_none(text: str) -> None:
    assert document(conditions=text)["requirements"] == []


def test_line_that_joins_the_listed_agencies_is_left_out() -> None:
    listed = ["Sở A", "Phòng B"]

    read = document(implementing_agency="Sở A, Phòng B", implementing_agencies_list=listed)
    other = document(implementing_agency="Sở A, Phòng C", implementing_agencies_list=listed)

    assert read["agencies"]["implementing"] == listed
    assert other["agencies"]["implementing"] == ["Sở A, Phòng C", *listed]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Quyết định số 6375/QĐ-BQP", "6375/QĐ-BQP"),
        ("SỐ 64/QĐ-NHNN", "64/QĐ-NHNN"),
        ("QĐ/0001-BCA", "QĐ/0001-BCA"),
        ("", None),
    ],
)
def test_decision_is_named_by_its_number_alone(text: str, number: str | None) -> None:
    assert document(decision_number=text)["source"]["decision_number"] == number


@pytest.mark.parametrize(
    ("fee", "expected"),
    [
        ({"amount": 20000, "currency": "VND", "kind": "Lệ phí"}, ("stated", 20000, "Lệ phí")),
        ({"amount": 100, "currency": "VND"}, ("stated", 100, "")),
        ({"amount": 99, "currency": "VND"}, ("unknown", None, "99 VND")),
        ({"amount": 150, "currency": "VND", "note": "150.000 đ"}, ("unknown", None, "150.000 đ")),
        ({"amount": 0, "currency": "VND", "kind": "Phí"}, ("unknown", None, "Phí: 0 VND")),
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
        "document_groups/1: heading: unknown: Hồ sơ năng lực",
        "document_groups/2: heading: unknown: Hồ sơ năng lực",
        "document_groups/2: heading used before: Hồ sơ năng lực",
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
    assert [(act["number"], act["title"]) for act in read_legal_bases(text)[0]] == acts


def test_steps_cut_at_the_heading_of_the_dossier_are_put_together() -> None:
    read = read_record(
        RECORD
        | {
            "steps_text": "Nộp theo mục 10 (",
            "dossier_raw": ").\nBước 1: Nộp.\nBước 2: Nhận.",
            "dossier": [],
        }
    )

    assert [step["text"] for step in read.document["steps"]] == [
        "Nộp theo mục 10 (Thành phần hồ sơ).",
        "Nộp.",
        "Nhận.",
    ]
    assert [doubt.rule for doubt in read.doubts] == ["dossier: no paper read"]


def test_act_that_is_not_understood_goes_to_an_editor() -> None:
    read = read_record(RECORD | {"legal_basis_raw": "Luật Chăn nuôi32/2018/QH14Văn bản khác"})

    doubt = next(doubt for doubt in read.doubts if doubt.part == "legal_bases")
    assert (doubt.rule, doubt.text) == ("legal basis: not read", "Văn bản khác")


def test_number_glued_to_its_title_ends_the_act_though_a_space_follows() -> None:
    acts, rest = read_legal_bases("Quy định A của Bộ B1/2026/NĐ-CP Nghị định về C2/2020/NĐ-CP")

    assert [act["number"] for act in acts] == ["1/2026/NĐ-CP", "2/2020/NĐ-CP"]
    assert rest == ""


def test_note_behind_an_amount_is_kept_and_amounts_in_it_are_no_fees() -> None:
    amounts = [{"amount": 4000000, "currency": "VND"}, {"amount": 2000000, "currency": "VND"}]
    text = "4,000,000 Việt Nam Đồng(Đến hết năm: 2.000.000 đồng)"

    assert fees(fees=amounts, text=text) == [("stated", 4000000, "Đến hết năm: 2.000.000 đồng")]


def test_signs_of_symbol_fonts_are_dropped() -> None:
    read = document(dossier=[group("\uf0fc Trường hợp mất", "Đơn"), group("Trường hợp hỏng")])

    assert [g["title"] for g in read["document_groups"]] == ["Trường hợp mất", "Trường hợp hỏng"]
