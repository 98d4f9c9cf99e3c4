from typing import Any

import pytest

from catalogue.interfaces.shown_steps import OPEN, shown_steps


def steps(*texts: str) -> list[dict[str, Any]]:
    return [{"key": f"s{n}", "case": None, "text": text} for n, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("texts", "before", "seen", "numbered"),
    [
        (("Bước 1: Nộp.", "- Bước 2. Nhận."), None, ["Nộp.", "Nhận."], True),
        (("Mở đầu.", "Bước 1: Nộp.", "Bước 2: Nhận."), "Mở đầu.", ["Nộp.", "Nhận."], True),
        (("Nộp.", "Nhận."), None, ["Nộp.", "Nhận."], True),
        (("Bước 1: A.", "Bước 1: B."), None, ["Bước 1: A.", "Bước 1: B."], False),
        (("Bước 2: A.", "Bước 1: B."), None, ["Bước 2: A.", "Bước 1: B."], False),
        (("Chỉ một.",), None, ["Chỉ một."], False),
        (("Bước 1: Chỉ một.",), None, ["Chỉ một."], False),
        ((), None, [], False),
    ],
)
def test_steps_are_counted_once(
    texts: tuple[str, ...], before: str | None, seen: list[str], numbered: bool
) -> None:
    shown = shown_steps(steps(*texts))

    assert (shown.before.seen[0] if shown.before else None) == before
    assert [step.seen[0] for step in shown.steps] == seen
    assert shown.numbered is numbered


def test_short_step_stands_open() -> None:
    text = "Nộp hồ sơ.\n- Một.\n- Hai."

    (step,) = shown_steps(steps(text)).steps

    assert (step.seen, step.folded) == (["Nộp hồ sơ.", "- Một.", "- Hai."], [])


def test_long_step_folds_all_but_its_beginning_and_loses_nothing() -> None:
    lines = ["Nộp hồ sơ.", *(f"- Giấy tờ số {n} theo quy định." for n in range(60))]
    text = "\n".join(lines)

    (step,) = shown_steps(steps(text)).steps

    assert len(text) > OPEN
    assert step.seen[0] == "Nộp hồ sơ."
    assert 1 <= len(step.seen) < len(lines)
    assert step.seen + step.folded == lines


def test_case_of_a_step_is_kept() -> None:
    given = [{"key": "s1", "case": "Nộp trực tiếp", "text": "Nộp."}]

    assert shown_steps(given).steps[0].case == "Nộp trực tiếp"
