import pytest

from search.privacy import mask_personal


@pytest.mark.parametrize(
    "typed",
    [
        "001099012345",
        "001 099 012 345",
        "001.099.012.345",
        "123456789",
        "123 456 789",
        "12-34-56-789",
        "0912345678",
        "+84 912 345 678",
        "(024) 3826 1234",
        "\uff10\uff10\uff11\uff10\uff19\uff19\uff10\uff11\uff12\uff13\uff14\uff15",
        "nguyen.van.a@vidu.vn",
        "0010990123450912345678",
    ],
)
def test_q8_numbers_and_addresses_of_people_are_taken_out(typed):
    masked = mask_personal(f"cấp lại căn cước {typed} của tôi")

    assert masked.startswith("cấp lại căn cước [")
    assert masked.endswith("] của tôi")
    assert not any(char.isdigit() for char in masked)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("đăng ký kết hôn", "đăng ký kết hôn"),
        ("nghị định 61/2018/NĐ-CP", "nghị định 61/2018/NĐ-CP"),
        ("phí 20.000.000 đ", "phí 20.000.000 đ"),
        ("1.004873", "1.004873"),
        ("1.004873.000.00.00.H18", "1.004873.000.00.00.H18"),
        ("đăng ký ngày 01/07/2025", "đăng ký ngày 01/07/2025"),
        ("", ""),
    ],
)
def test_words_codes_and_dates_stay(typed, kept):
    assert mask_personal(typed) == kept


@pytest.mark.parametrize("typed", ["9" * 100_000, "1 " * 50_000, "0.1" * 30_000])
def test_long_text_is_masked_in_no_time(typed):
    assert "9999" not in mask_personal(typed)


@pytest.mark.parametrize(
    "number",
    [
        "0912345 678",
        "0243 8251234",
        "091 2345678",
        "079 1234567 89",
        "0790912 34567",
        "0912–345–678",
        "0912 345‑678",
        "0790912_34567",
        "0790912+34567",
    ],
)
def test_q8_numbers_are_taken_out_however_they_are_grouped(number):
    masked = mask_personal(f"sdt {number} nhé")

    assert not any(character.isdigit() for character in masked)
    assert masked.startswith("sdt ")
    assert masked.endswith(" nhé")
