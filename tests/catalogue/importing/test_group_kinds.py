import pytest

from catalogue.enums import GroupKind
from catalogue.importing.group_kinds import classify, is_note

OTHER = "Trường hợp khác"


def kind_of(heading: str | None, *others: str | None, name: str = "") -> tuple[str, str, bool]:
    rule = classify([heading, *(others or (OTHER,))], name)[0]
    return rule.kind, rule.name, rule.doubtful


@pytest.mark.parametrize(
    ("heading", "kind", "rule", "doubtful"),
    [
        (None, "always", "unnamed group", False),
        ("  -  ", "always", "unnamed group", False),
        ("Giấy tờ phải nộp", "always", "heading: to submit or present", False),
        (
            "1. Các giấy tờ phải xuất trình (bản chính)",
            "always",
            "heading: to submit or present",
            False,
        ),
        ("Chứng từ cần nộp", "always", "heading: to submit or present", False),
        (
            "Các giấy tờ phải nộp đối với tàu biển",
            "always",
            "heading: to submit, by some only",
            True,
        ),
        (
            "(*) Trường hợp thiên tai, phải nộp thêm",
            "always",
            "heading: mentions what to submit",
            True,
        ),
        ("Lưu ý", "note", "heading: note", False),
        ("(Ghi chú: bản sao)", "note", "heading: note", False),
        ("Trường hợp ủy quyền", "proxy", "heading: proxy", False),
        ("Văn bản uỷ quyền", "proxy", "heading: proxy", False),
        ("Một trong các giấy tờ sau", "one_of", "heading: one of", False),
        ("Giấy tờ về chỗ ở gồm một trong những loại sau", "one_of", "heading: one of", False),
        ("Thuộc một trong các trường hợp sau", "alternative", "heading: mentions a case", True),
        ("a) Trường hợp cấp lần đầu", "alternative", "heading: case", False),
        ("2.1. ĐỐI VỚI TỔ CHỨC", "alternative", "heading: case", False),
        ("Hồ sơ đối với cá nhân", "alternative", "heading: dossier of a case", False),
        ("Phiếu đề nghị, trong trường hợp mất thẻ", "always", "heading: a paper", True),
        ("Thành phần hồ sơ", "always", "heading: the dossier", False),
        ("Hồ sơ bao gồm", "always", "heading: the dossier", False),
        ("Giấy tờ kèm theo", "always", "heading: the dossier", False),
        ("Hồ sơ rút vốn gồm có", "always", "heading: the dossier", False),
        ("Hồ sơ năng lực", "always", "heading: unknown", True),
    ],
)
def test_heading_has_its_kind_and_rule(
    heading: str | None, kind: str, rule: str, doubtful: bool
) -> None:
    assert kind_of(heading, OTHER, "Đối với người khác") == (kind, rule, doubtful)


@pytest.mark.parametrize(
    "heading",
    [None, "", "Giấy tờ phải nộp", "Giấy tờ phải xuất trình", "Người được ủy quyền", "Lưu ý"],
)
def test_heading_that_is_no_case_never_makes_an_alternative(heading: str | None) -> None:
    kinds = {rule.kind for rule in classify([heading, heading, heading])}

    assert GroupKind.ALTERNATIVE not in kinds


def test_only_group_of_a_dossier_is_always_required() -> None:
    for heading in ("Trường hợp cấp mới", "Hồ sơ gồm", None, "Hồ sơ khác"):
        assert [rule.name for rule in classify([heading])] == ["only group"]


def test_only_group_may_still_be_a_note_or_for_a_proxy() -> None:
    assert classify(["Lưu ý"])[0].kind == GroupKind.NOTE
    assert classify(["Trường hợp ủy quyền"])[0].kind == GroupKind.PROXY


def test_case_without_another_is_doubtful() -> None:
    rules = classify(["Giấy tờ phải nộp", "Trường hợp mất giấy"])

    assert [(rule.kind, rule.doubtful) for rule in rules] == [
        (GroupKind.ALWAYS, False),
        (GroupKind.ALTERNATIVE, True),
    ]


@pytest.mark.parametrize(
    ("name", "headings"),
    [
        ("Cấp, cấp lại Giấy phép nuôi ong", ["a) Hồ sơ đề nghị cấp phép", "b) Cấp lại giấy phép"]),
        ("Thủ tục gia hạn, sửa đổi giấy phép", ["Hồ sơ gia hạn", "Hồ sơ sửa đổi"]),
        (
            "Đăng ký nuôi ong",
            ["Đăng ký nuôi ong tại vườn nhà", "Người thuê vườn được đăng ký nuôi ong"],
        ),
    ],
)
def test_headings_that_name_acts_of_the_procedure_are_cases(name: str, headings: list[str]) -> None:
    rules = classify([*headings, None], name)

    assert [rule.name for rule in rules] == [
        "headings: acts of the procedure",
        "headings: acts of the procedure",
        "unnamed group",
    ]
    assert rules[0].kind == GroupKind.ALTERNATIVE


def test_headings_that_stand_in_the_name_of_the_procedure_are_cases() -> None:
    headings = ["a) Dừng đăng ký nuôi ong", "b) Dừng giải thể trại ong"]

    rules = classify(headings, "Dừng đăng ký nuôi ong; dừng giải thể trại ong")

    assert [rule.name for rule in rules] == ["headings: acts of the procedure"] * 2


def test_headings_that_differ_by_their_class_are_cases() -> None:
    rules = classify(["Người nuôi ong hạng I", "Người nuôi ong hạng II", "Người giữ vườn loại 1"])

    assert [rule.name for rule in rules] == [
        "headings: classes",
        "headings: classes",
        "heading: unknown",
    ]


def test_heading_that_names_another_act_stays_with_the_editor() -> None:
    rules = classify(["1. Hồ sơ thu hồi", "2. Hồ sơ đăng ký"], "Cấp đăng ký xe")

    assert [(rule.kind, rule.doubtful) for rule in rules] == [(GroupKind.ALWAYS, True)] * 2


def test_headings_that_say_whom_papers_prove_are_cases() -> None:
    rules = classify(["1. Giấy tờ chứng minh là trẻ em", "2. Giấy tờ chứng minh hộ nghèo", None])

    assert [rule.kind for rule in rules] == ["alternative", "alternative", "always"]


@pytest.mark.parametrize(
    ("name", "originals", "copies", "form", "note"),
    [
        ("Trường hợp gửi qua bưu chính thì kèm bản sao", 0, 0, False, True),
        ("Giấy khai sinh", 0, 0, False, False),
        ("- Tờ khai theo mẫu", 0, 0, False, False),
        ("b) Hóa đơn tiền điện", 0, 0, False, False),
        ("Trường hợp mất thì nộp đơn", 1, 0, False, False),
        ("Trường hợp mất thì nộp đơn", 0, 1, False, False),
        ("Theo mẫu của bộ", 0, 0, True, False),
    ],
)
def test_component_without_count_and_form_is_a_note_unless_it_is_a_paper(
    name: str, originals: int, copies: int, form: bool, note: bool
) -> None:
    assert is_note(name, originals, copies, form) is note
