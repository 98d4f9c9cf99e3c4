import pytest

from search.analysis import folded_terms
from search.families import family_words


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("Cấp lại thẻ căn cước", "cap lai the can cuoc"),
        ("Cấp lại thẻ căn cước (thực hiện tại cấp tỉnh)", "cap lai the can cuoc"),
        ("Cấp lại thẻ căn cước (thực hiện tại cấp trung ương)", "cap lai the can cuoc"),
        ("Miễn nhiệm giám định viên tư pháp cấp tỉnh", "mien nhiem giam dinh vien tu phap"),
        ("Quỹ bảo vệ và phát triển rừng trung ương", "quy bao ve va phat trien rung"),
        ("Đăng ký hợp tác xã", "dang ky hop tac xa"),
        ("Cấp xã", "cap xa"),
    ],
)
def test_family_is_the_name_without_its_level(name, family):
    assert " ".join(family_words(folded_terms(name))) == family
