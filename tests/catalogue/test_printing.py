import re
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from catalogue.printing import TemplateNotFound, qr_svg, render_pdf

TEMPLATE = "formbuilder/acknowledgement.typ"
MARKUP = '#panic("x") #set text(red) \\ "q" $x^2$ *b* _i_ <label> @ref // c /* d */ `raw` = h'


def acknowledgement(**values: Any) -> dict[str, Any]:
    return {
        "title": "Giấy xác nhận đã nộp hồ sơ",
        "state": "Đã gửi, chờ tiếp nhận",
        "number": "N-2611-7K3F-9QXC",
        "number_label": "Mã nộp hồ sơ",
        "answer": "Cơ quan trả lời chậm nhất ngày 25/11/2026.",
        "agency": "Ủy ban nhân dân phường Ba Đình",
        "above": "Thành phố Hà Nội",
        "foot": "Một Cửa",
        "qr": qr_svg("http://127.0.0.1:8000/ho-so/N-2611-7K3F-9QXC"),
        "qr_alt": "Mã QR mở trang theo dõi",
        "facts": [["Thủ tục", "Đăng ký kết hôn"]],
        "sections": [],
        "notes": [],
        **values,
    }


def printed(pdf: bytes, folder: Path, *options: str) -> str:
    path = folder / "paper.pdf"
    path.write_bytes(pdf)
    command = ["pdftotext", *options, str(path), "-"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def words(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(
    "text",
    [
        MARKUP,
        "{{7*7}} {% debug %} ${7*7} <script>alert(1)</script>",
        "Y",
        "H'Hen Niê",
        "Nguyễn Thị A (Bé)",
        "José Ñandú-O’Brien Łukasz Günther",
        "Tôn Nữ Thị Hoàng Anh Diệu Huyền Trân Châu Bảo Ngọc Minh Nguyệt Phương Thảo",
        "một\ndòng khác",
    ],
)
def test_pdf_prints_text_literally(text: str, tmp_path: Path) -> None:
    pdf = render_pdf(TEMPLATE, acknowledgement(facts=[["Người nộp", text]], notes=[text]))

    without = render_pdf(TEMPLATE, acknowledgement(facts=[["Người nộp", ""]]))
    before = words(printed(without, tmp_path)).count(words(text))
    assert words(printed(pdf, tmp_path)).count(words(text)) == before + 2


def test_pdf_wraps_a_word_of_10000_characters(tmp_path: Path) -> None:
    pdf = render_pdf(TEMPLATE, acknowledgement(facts=[["Dài", "x" * 10_000]]))

    text = printed(pdf, tmp_path)
    assert text.count("x") == 10_000
    assert "xxxx" in printed(pdf, tmp_path, "-f", "2", "-l", "2")
    assert "Trang 2/" in words(text).replace("Trang2", "Trang 2")


def test_pdf_names_title_language_and_paper(tmp_path: Path) -> None:
    pdf = render_pdf(TEMPLATE, acknowledgement())

    (tmp_path / "paper.pdf").write_bytes(pdf)
    facts = subprocess.run(
        ["pdfinfo", str(tmp_path / "paper.pdf")], check=True, capture_output=True, text=True
    ).stdout
    assert "Giấy xác nhận đã nộp hồ sơ N-2611-7K3F-9QXC" in facts
    assert "419.528 x 595.276" in facts
    assert re.search(rb"/Lang ?\(vi\b", pdf)


def test_pdf_has_the_header_of_the_state(tmp_path: Path) -> None:
    text = printed(render_pdf(TEMPLATE, acknowledgement()), tmp_path)

    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "Độc lập – Tự do – Hạnh phúc" in text
    assert "ỦY BAN NHÂN DÂN PHƯỜNG BA ĐÌNH" in text


def test_pdf_uses_embedded_fonts_only(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(render_pdf(TEMPLATE, acknowledgement(notes=["漢字 😀 ภาษา"])))

    listing = subprocess.run(["pdffonts", str(path)], check=True, capture_output=True, text=True)
    names = [line.split("+")[1].split()[0] for line in listing.stdout.splitlines()[2:]]
    assert {name.split("-")[0] for name in names} <= {"LibertinusSerif", "DejaVuSansMono"}


def test_pdf_is_quick_when_warm() -> None:
    render_pdf(TEMPLATE, acknowledgement())

    begun = time.process_time()
    render_pdf(TEMPLATE, acknowledgement(number="N-2611-AAAA-BBBB"))

    assert time.process_time() - begun < 0.5


@pytest.mark.parametrize(
    "template", ["formbuilder/none.typ", "none/acknowledgement.typ", "formbuilder/../apps.py", ""]
)
def test_pdf_refuses_an_unknown_template(template: str) -> None:
    with pytest.raises(TemplateNotFound):
        render_pdf(template, {})


def test_qr_is_a_scalable_picture_without_markup_of_the_text() -> None:
    svg = qr_svg('https://example.vn/?a="><script>')

    assert svg.startswith("<svg")
    assert "viewBox" in svg
    assert "script" not in svg
