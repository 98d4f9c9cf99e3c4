from catalogue.importing.results import read_results


def read(names: list[str], codes: list[str | None]) -> list[tuple[str, str | None]]:
    return [(result["name"], result["code"]) for result in read_results(names, codes)]


def test_word_behind_a_code_begins_the_next_name() -> None:
    assert read(["Quyết định", "bản thông báo"], ["KQ.G10.001439Văn", "KQ.G10.001197"]) == [
        ("Quyết định", "KQ.G10.001439"),
        ("Văn bản thông báo", "KQ.G10.001197"),
    ]


def test_code_inside_a_name_ends_a_result() -> None:
    names = ["Công văn từ chốiMã: 000.00.00.G12-KQ002223Giấy chứng nhận"]

    assert read(names, ["KQ.G12.001202"]) == [
        ("Công văn từ chối", "000.00.00.G12-KQ002223"),
        ("Giấy chứng nhận", "KQ.G12.001202"),
    ]


def test_code_at_the_end_of_a_name_is_its_own() -> None:
    assert read(["Giấy phép (ARS)Mã: 000.00.00.G04-KQ0340"], []) == [
        ("Giấy phép (ARS)", "000.00.00.G04-KQ0340")
    ]


def test_results_without_codes_have_none() -> None:
    assert read(["Giấy phép", ""], []) == [("Giấy phép", None)]
