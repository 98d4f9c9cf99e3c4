import json

import pytest

from catalogue.importing.legal_bases import read_legal_bases

HEADING = "Tên văn bản pháp lýMã văn bản"


def read(text: str) -> list[tuple[str, str]]:
    return [(act["number"], act["title"]) for act in read_legal_bases(HEADING + text)[0]]


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("Quy định A1/2024/NĐ-CPLuật B2/2023/QH15", ["1/2024/NĐ-CP", "2/2023/QH15"]),
        ("Luật 54/2019/QH1454/2019/QH14Luật B65/2006/QH11", ["54/2019/QH14", "65/2006/QH11"]),
        ("4/2026/NĐ-CP4/2026/NĐ-CPQuy định A5/2025/NĐ-CP", ["4/2026/NĐ-CP", "5/2025/NĐ-CP"]),
        ("Nghị quyết số 66.7/2025/NQ-CP về A66.7/2025/NQ-CP", ["66.7/2025/NQ-CP"]),
        ("Luật A năm 202072/2020/QH14", ["72/2020/QH14"]),
        ("Luật ALuật số 32/2024/QH1550/2025/TT-NHNN", ["32/2024/QH15", "50/2025/TT-NHNN"]),
        ("Nghị định số 46/2020/NĐ-CP46/2020", ["46/2020/NĐ-CP"]),
        ("Sửa Nghị định số 2/2025/NĐ-CP34/2025/TT-BTC", ["34/2025/TT-BTC"]),
        ("Quy định A8/2023/TT-BGTVTLUẬT B6/2006/QH11", ["8/2023/TT-BGTVT", "6/2006/QH11"]),
        ("Quy trình2222/QĐ-BHXHQuyết định B9/2023/QĐ-TTg", ["2222/QĐ-BHXH", "9/2023/QĐ-TTg"]),
        ("Về A.NĐ 2/2026/NĐ-CP1/2025/TT-BTC", ["2/2026/NĐ-CP", "1/2025/TT-BTC"]),
    ],
)
def test_flattened_table_gives_each_act_once(text: str, acts: list[str]) -> None:
    assert [number for number, _title in read(text)] == acts


def test_title_loses_the_kind_of_the_next_cell() -> None:
    assert read("Luật Các tổ chứcLuật số 32/2024/QH15") == [("32/2024/QH15", "Luật Các tổ chức")]


def test_title_that_is_a_number_stays_one() -> None:
    assert read("Luật 54/2019/QH1454/2019/QH14") == [("54/2019/QH14", "Luật 54/2019/QH14")]


def test_text_without_a_number_is_told() -> None:
    acts, rest = read_legal_bases(HEADING + "Luật A1/2020/QH14Luật Hóa chất")

    assert len(acts) == 1
    assert rest == "Luật Hóa chất"


def test_list_keeps_day_and_agency() -> None:
    row = {
        "so_ky_hieu": "78/2015/QH13",
        "trich_yeu": "Nghĩa vụ quân sự",
        "ngay_ban_hanh": "19-06-2015",
        "co_quan_ban_hanh": "Quốc Hội",
    }

    acts, rest = read_legal_bases(json.dumps([row, {**row, "ngay_ban_hanh": ""}]))

    assert rest == ""
    assert acts == [
        {
            "key": "l1",
            "number": "78/2015/QH13",
            "title": "Nghĩa vụ quân sự",
            "issued_on": "2015-06-19",
            "agency": "Quốc Hội",
        }
    ]
