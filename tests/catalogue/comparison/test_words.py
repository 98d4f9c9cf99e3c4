import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.comparison.words import Run, RunKind, excerpt, word_runs

SAME, REMOVED, ADDED = RunKind.SAME, RunKind.REMOVED, RunKind.ADDED
TEXTS = st.text(alphabet="ab .,;\n1/", max_size=60) | st.text(max_size=40)
LONGEST = 22_855


def joined(runs: tuple[Run, ...], without: RunKind) -> str:
    return "".join(run.text for run in runs if run.kind is not without)


def test_changed_words_stand_between_those_that_stayed() -> None:
    runs = word_runs("Nộp 02 bản sao ngay tại xã.", "Nộp 01 bản sao ngay tại xã, phường.")

    assert runs == (
        Run(SAME, "Nộp "),
        Run(REMOVED, "02"),
        Run(ADDED, "01"),
        Run(SAME, " bản sao ngay tại xã"),
        Run(ADDED, ", phường"),
        Run(SAME, "."),
    )


def test_syllables_that_stayed_between_changes_are_told_with_them() -> None:
    runs = word_runs("trong vườn cây công cộng", "trong công viên")

    assert runs == (
        Run(SAME, "trong "),
        Run(REMOVED, "vườn cây công cộng"),
        Run(ADDED, "công viên"),
    )


def test_amounts_and_dates_are_whole_words() -> None:
    runs = word_runs("20.000 đồng tính từ 01/07/2025", "25.000 đồng tính từ 01/07/2026")

    assert [run.text for run in runs] == [
        "20.000",
        "25.000",
        " đồng tính từ ",
        "01/07/2025",
        "01/07/2026",
    ]


def test_equal_texts_are_one_run() -> None:
    assert word_runs("Đơn.\nTờ khai.", "Đơn.\nTờ khai.") == (Run(SAME, "Đơn.\nTờ khai."),)


@given(TEXTS, TEXTS)
def test_runs_hold_both_texts_whole(before: str, after: str) -> None:
    runs = word_runs(before, after)

    assert joined(runs, ADDED) == before
    assert joined(runs, REMOVED) == after
    assert all(run.text for run in runs)
    assert any(run.kind is not SAME for run in runs) == (before != after)


def sample_text(seed: int, vocabulary: int, separator: str) -> str:
    draw = random.Random(seed)
    text = separator.join(f"từ{draw.randrange(vocabulary)}" for _ in range(LONGEST))
    return text[:LONGEST]


@pytest.mark.parametrize("separator", [" ", "\n", ". ", ""])
@pytest.mark.parametrize("vocabulary", [1, 5, 100, 2000, 10**9])
def test_longest_texts_are_compared_in_a_tenth_of_a_second(vocabulary: int, separator: str) -> None:
    before, after = (sample_text(seed, vocabulary, separator) for seed in (1, 2))

    start = time.process_time()
    word_runs(before, after)
    spent = time.process_time() - start

    assert spent < 0.1


def test_longest_text_with_changed_words_tells_just_these() -> None:
    words = sample_text(3, 300, " ").split(" ")
    lines = [" ".join(words[n : n + 12]) + ".\n" for n in range(0, len(words), 12)]
    changed = [line.replace("từ7 ", "từ_bảy ") for line in lines]

    runs = word_runs("".join(lines), "".join(changed))

    removed, added = ([run.text for run in runs if run.kind is kind] for kind in (REMOVED, ADDED))
    assert all("từ7" in text and len(text) < 40 for text in removed)
    assert [text.replace("từ7", "từ_bảy") for text in removed] == added


def test_excerpt_leaves_out_what_stands_far_from_every_change() -> None:
    first, second = (" ".join(f"{name}{n}" for n in range(200)) for name in ("từ", "chữ"))
    runs = word_runs(f"{first} cũ {second} xưa", f"{first} mới {second} nay")

    shown = [run.text for run in excerpt(runs)]

    assert [text for text in shown if "…" not in text] == ["cũ", "mới", "xưa", "nay"]
    assert [text.startswith(" … ") for text in shown if "…" in text] == [True, False]
    assert all(len(text) < 400 for text in shown)


def test_excerpt_of_short_runs_is_all_of_them() -> None:
    runs = word_runs("một hai ba bốn", "một hai năm bốn")

    assert excerpt(runs) == runs
