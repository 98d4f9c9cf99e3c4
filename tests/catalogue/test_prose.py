import pytest

from catalogue.prose import LONG, Line, broken_lines, read_lines
from catalogue.templatetags.prose import prose


def read(text: str) -> list[tuple[int, str]]:
    return [(line.depth, line.text) for line in read_lines(broken_lines(text))]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("Một câu.", [(0, "Một câu.")]),
        ("Mở đầu:\n- Một\n- Hai", [(0, "Mở đầu:"), (1, "Một"), (1, "Hai")]),
        ("- Một\n+ Hai\n++ Ba\n- Bốn", [(1, "Một"), (2, "Hai"), (3, "Ba"), (1, "Bốn")]),
        ("+ Một\n- Hai\n+ Ba", [(1, "Một"), (2, "Hai"), (1, "Ba")]),
        ("• Một\nHết.\n– Hai", [(1, "Một"), (0, "Hết."), (1, "Hai")]),
        ("Nộp như sau: - Một; - Hai.", [(0, "Nộp như sau:"), (1, "Một;"), (1, "Hai.")]),
        ("Xong. Bước 2: Nhận.", [(0, "Xong."), (0, "Bước 2: Nhận.")]),
        ("Tư pháp - hộ tịch", [(0, "Tư pháp - hộ tịch")]),
        ("Từ 2.000 - 3.000 đồng", [(0, "Từ 2.000 - 3.000 đồng")]),
        ("a) Một\nb) Hai", [(0, "a) Một"), (0, "b) Hai")]),
    ],
)
def test_lines_are_paragraphs_and_entries(text: str, lines: list[tuple[int, str]]) -> None:
    assert read(text) == lines


def test_long_paragraph_is_broken_between_sentences() -> None:
    sentence = "Cơ quan tiếp nhận kiểm tra hồ sơ theo khoản 2. Điều 5 của luật này."

    lines = list(read_lines([" ".join([sentence] * 20)]))

    assert all(len(line.text) <= LONG for line in lines)
    assert all(line.text.endswith("luật này.") for line in lines)
    assert " ".join(line.text for line in lines) == " ".join([sentence] * 20)


def test_one_endless_sentence_stays_whole() -> None:
    assert list(read_lines(["x" * 3000])) == [Line(0, "x" * 3000)]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Một\nHai", "<p>Một</p><p>Hai</p>"),
        ("- Một\n- Hai", "<ul><li>Một</li><li>Hai</li></ul>"),
        (
            "- Một\n+ Hai\n+ Ba\n- Bốn\nHết",
            "<ul><li>Một<ul><li>Hai</li><li>Ba</li></ul></li><li>Bốn</li></ul><p>Hết</p>",
        ),
        ("- Một\n+ Hai\n++ Ba", "<ul><li>Một<ul><li>Hai<ul><li>Ba" + "</li></ul>" * 3),
    ],
)
def test_lists_are_nested_and_closed(text: str, html: str) -> None:
    assert prose(text) == html


def test_f12_every_word_is_escaped() -> None:
    assert prose("<b>&\n- <i>") == "<p>&lt;b&gt;&amp;</p><ul><li>&lt;i&gt;</li></ul>"
