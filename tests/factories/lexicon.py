"""A small lexicon for tests of reading words."""

from search.analysis import Lexicon

NAMES = (
    "Đăng ký kết hôn",
    "Đăng ký khai sinh",
    "Đăng ký khai tử",
    "Đăng ký thường trú",
    "Đăng ký tạm trú",
    "Chú giải thích mẫu tờ khai",
    "Tách hộ",
    "Hòa giải tranh chấp đất đai",
    "Đổi, cấp lại giấy phép lái xe",
    "Cấp giấy chứng nhận quyền sử dụng đất",
    "Ủy ban nhân dân xã",
    "Từ chối đăng ký",
)


def make_lexicon(*more: str) -> Lexicon:
    """Return a lexicon of twelve names of procedures, and of more, each said ten times."""
    return Lexicon.from_texts((name, 10) for name in (*NAMES, *more))
