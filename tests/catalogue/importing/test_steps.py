from catalogue.importing.steps import read_steps


def read(text: str, name: str = "Cấp giấy phép") -> list[tuple[str | None, str]]:
    return [(step["case"], step["text"]) for step in read_steps(text, name)]


def test_steps_are_cut_and_lose_their_numbers() -> None:
    assert read("- Bước 1: Nộp.\n- Bước 2: Nhận.") == [(None, "Nộp."), (None, "Nhận.")]


def test_steps_inside_a_line_are_cut() -> None:
    assert read("Bước 1: Nộp; Bước 2: Nhận.") == [(None, "Nộp;"), (None, "Nhận.")]


def test_step_that_is_mentioned_does_not_cut() -> None:
    text = "Bước 1: Nộp.\nBước 2: Sửa thì quay lại Bước 1 và nộp. Xem bước 3 dưới đây."

    assert len(read(text)) == 2


def test_name_of_the_procedure_before_the_steps_is_left_out() -> None:
    assert read("Cấp giấy phép Bước 1: Nộp.\nBước 2: Nhận.") == [(None, "Nộp."), (None, "Nhận.")]


def test_words_before_the_steps_are_a_step() -> None:
    assert read("Hẹn trước. Bước 1: Nộp.\nBước 2: Nhận.")[0] == (None, "Hẹn trước.")


def test_count_that_begins_again_begins_a_case() -> None:
    text = "Ở bộ: a) Bước 1: Nộp.\nb) Bước 2: Nhận.\nỞ tỉnh: a) Bước 1: Gửi.\nb) Bước 2: Lấy."

    assert read(text) == [
        ("Ở bộ", "Nộp."),
        ("Ở bộ", "Nhận."),
        ("Ở tỉnh", "Gửi."),
        ("Ở tỉnh", "Lấy."),
    ]


def test_lettered_parts_are_steps_in_order() -> None:
    assert read("b) Giải quyết\na) Nộp hồ sơ") == [(None, "a) Nộp hồ sơ"), (None, "b) Giải quyết")]


def test_text_without_steps_stays_whole() -> None:
    assert read("Nộp hồ sơ theo điểm\na) khoản 1.") == [(None, "Nộp hồ sơ theo điểm\na) khoản 1.")]
