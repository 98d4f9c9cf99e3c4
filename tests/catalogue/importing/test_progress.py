from collections.abc import Iterator

from catalogue.importing.progress import Progress, progress_line


def test_line_says_how_many_how_fast_and_how_long() -> None:
    line = progress_line("đang ghi", 50, 200, 10.0)

    assert line == "đang ghi: ██████░░░░░░░░░░░░░░░░░░ 50/200, 5 mỗi giây, còn 0:30"


def test_line_without_a_total_says_how_many_and_how_fast() -> None:
    assert progress_line("đang kiểm tra", 50, 0, 10.0) == "đang kiểm tra: 50, 5 mỗi giây"


def test_first_line_knows_no_rate() -> None:
    assert progress_line("đang ghi", 0, 10, 0.0).endswith("0 mỗi giây, còn 0:00")


def told(on_screen: bool, *seconds: float) -> list[str]:
    lines: list[str] = []
    moments: Iterator[float] = iter(seconds)
    progress = Progress(lines.append, on_screen=on_screen, seconds=lambda: next(moments))
    for done in range(1, len(seconds) + 1):
        progress("đang ghi", done, len(seconds))
    return lines


def test_log_gets_a_plain_line_now_and_then() -> None:
    lines = told(False, 0, 1, 11, 12, 13)

    assert [line.split()[3] for line in lines] == ["3/5,", "5/5,"]
    assert all(line.endswith("\n") and "\r" not in line for line in lines)


def test_screen_renews_its_one_line() -> None:
    lines = told(True, 0, 0.1, 0.3, 0.4)

    assert [line.split()[3] for line in lines] == ["3/4,", "4/4,"]
    assert [line.startswith("\r") for line in lines] == [True, True]
    assert [line.endswith("\n") for line in lines] == [False, True]
