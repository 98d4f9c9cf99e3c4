import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formbuilder.numbers import ALPHABET, new_submission_number, read_submission_number

DAY = date(2026, 11, 24)


def test_number_has_month_sixty_random_bits_and_a_check_character() -> None:
    numbers = {new_submission_number(DAY) for _ in range(1_000)}

    assert len(numbers) == 1_000
    for number in numbers:
        assert re.fullmatch(
            rf"N-2611-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}-[{ALPHABET}]{{5}}", number
        )


@pytest.mark.parametrize(
    "typed",
    [
        lambda number: number,
        lambda number: number.lower(),
        lambda number: number.replace("-", ""),
        lambda number: number.replace("-", " "),
        lambda number: f"  {number}\n",
        lambda number: number.replace("0", "O").replace("1", "i"),
    ],
)
def test_number_is_read_as_people_type_it(typed: object) -> None:
    number = new_submission_number(DAY)

    assert read_submission_number(typed(number)) == number  # type: ignore[operator]


@given(st.integers(0, 16), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_found(place: int, char: str) -> None:
    plain = new_submission_number(DAY).replace("-", "")
    wrong = plain[: place + 1] + char + plain[place + 2 :]

    assert (read_submission_number(wrong) is None) == (wrong != plain)


@pytest.mark.parametrize(
    "typed", ["", "N", "N-2611", "1.000894", "x" * 10_000, "H18.1-261124-0001"]
)
def test_other_text_is_no_number(typed: str) -> None:
    assert read_submission_number(typed) is None
