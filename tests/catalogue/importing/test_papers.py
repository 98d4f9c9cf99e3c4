from typing import Any

import pytest

from catalogue.importing.papers import whole_papers


def paper(name: str, *forms: str, original: int = 1) -> dict[str, Any]:
    return {"name": name, "forms": list(forms), "original": original, "copy": 0}


@pytest.mark.parametrize(
    ("name", "form", "whole", "files"),
    [
        (
            "Đơn theo Thông tư số 56/2025/",
            "TT-BTC.Phụ lục VII.docx",
            "56/2025/TT-BTC",
            ["Phụ lục VII.docx"],
        ),
        ("Đơn gửi Ủy ba", "n nhân dân.Mẫu số 08.docx", "gửi Ủy ban nhân dân", ["Mẫu số 08.docx"]),
        ("Đơn kèm Nghị định 1/2026/NĐ-CPMau", "57.docx", "1/2026/NĐ-CP", ["Mau57.docx"]),
        ("Đơn NĐ-CPMau06.docxMau", "08.docx", "Đơn NĐ-CP", ["Mau06.docx", "Mau08.docx"]),
        ("Đơn theo mẫu;Mautokhai", "1 (1).doc", "Đơn theo mẫu", ["Mautokhai1 (1).doc"]),
        ("Đơn (Phụ lục II)", ".PL II.docx", "Đơn (Phụ lục II)", ["PL II.docx"]),
        ("Đơn theo mẫu", "1.004412.docx", "Đơn theo mẫu", ["1.004412.docx"]),
        ("Đơn theo mẫu", "Mẫu 03.TT41.doc", "Đơn theo mẫu", ["Mẫu 03.TT41.doc"]),
    ],
)
def test_name_and_form_are_parted_where_the_file_begins(
    name: str, form: str, whole: str, files: list[str]
) -> None:
    [mended] = whole_papers([paper(name, form)], f"{name}{form}1 bản chính")

    assert mended["name"].endswith(whole)
    assert mended["forms"] == files


def test_words_apart_in_the_source_stay_apart() -> None:
    form = "Mẫu số 07 kèm theo Nghị định 1/2020/NĐ-CPMẫu số 07.docx"
    [mended] = whole_papers([paper("Giấy theo", form)], f"Giấy theo {form}")

    assert mended["name"] == "Giấy theo Mẫu số 07 kèm theo Nghị định 1/2020/NĐ-CP"
    assert mended["forms"] == ["Mẫu số 07.docx"]


def test_file_at_the_end_of_a_name_is_a_form() -> None:
    [mended] = whole_papers([paper("Bản cáo bạch.Phụ lục 05.docx", "Mẫu số 09.docx.docx")], "")

    assert mended["name"] == "Bản cáo bạch"
    assert mended["forms"] == ["Phụ lục 05.docx", "Mẫu số 09.docx"]


def test_rest_of_a_name_behind_a_count_returns_to_it() -> None:
    papers = [paper("Vận tải đơn:"), paper("(nếu có)", original=0), paper("Hóa đơn:")]

    assert [mended["name"] for mended in whole_papers(papers, "")] == [
        "Vận tải đơn: (nếu có)",
        "Hóa đơn",
    ]
