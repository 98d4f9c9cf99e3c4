from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from django.utils import translation

from catalogue.comparison import Change, ChangeKind, Section, changes_meaning, compare
from factories.catalogue import make_full_document

Document = dict[str, Any]
ADDED, REMOVED, MOVED, CHANGED = ChangeKind


@pytest.fixture
def document() -> Document:
    return make_full_document("9.000001")


def edited(document: Document, edit: Callable[[Document], Any]) -> Document:
    other = deepcopy(document)
    edit(other)
    return other


def told(changes: list[Change]) -> list[tuple[str, str, str, str]]:
    return [(change.kind.value, change.title, change.before, change.after) for change in changes]


def limit(document: Document) -> Document:
    return document["channels"][0]["time_limits"][0]


def paper(document: Document) -> Document:
    return document["document_groups"][0]["documents"][0]


@pytest.mark.parametrize(
    "edit",
    [
        lambda d: d.update(name=d["name"] + " mới"),
        lambda d: d["steps"][0].update(text="Người nuôi ong nộp hồ sơ."),
        lambda d: d["requirements"][0].update(text="Vườn ở xa trường 50 mét."),
        lambda d: d["results"][0].update(name="Giấy chứng nhận"),
        lambda d: d["legal_bases"][0].update(title="Nghị định về kiểm soát thủ tục"),
        lambda d: paper(d).update(name="Đơn đăng kí nuôi ong"),
        lambda d: d["channels"][0].update(text="Trong giờ hành chính"),
    ],
)
def test_replaced_text_is_mere_wording(document: Document, edit: Callable[[Document], Any]) -> None:
    other = edited(document, edit)

    assert [change.wording for change in compare(document, other)] == [True]
    assert changes_meaning(document, other) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("đủ 18 tuổi", "đủ 16 tuổi"),
        ("từ 5 đến 9 ngày", "từ 9 đến 5 ngày"),
        ("02 bộ", "05 bộ"),
        ("Bản sao", "Hộ chiếu"),
        ("Bản  sao giấy khai sinh", "Bản chính giấy khai sinh"),
        ("Có chứng thực", "Có dấu"),
        ("được cấp", "không được cấp"),
        ("cha hoặc mẹ", "cha và mẹ"),
        ("đã kết hôn", "chưa kết hôn"),
        ("mọi ngày trừ Chủ nhật", "mọi ngày kể cả Chủ nhật"),
    ],
)
def test_other_figures_or_telling_words_change_the_meaning(
    document: Document, before: str, after: str
) -> None:
    old = edited(document, lambda d: d["requirements"][0].update(text=before))
    new = edited(document, lambda d: d["requirements"][0].update(text=after))

    assert [change.wording for change in compare(old, new)] == [False]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Bản sao giấy khai sinh, 02 bộ", "02 bộ bản  sao giấy khai sinh"),
        ("Không phải nộp", "không phãi nộp"),
        ("Giây khai sinh của vàng", "Giấy khai sinh của vạng"),
    ],
)
def test_same_figures_and_telling_words_keep_the_meaning(
    document: Document, before: str, after: str
) -> None:
    old = edited(document, lambda d: d["requirements"][0].update(text=before))
    new = edited(document, lambda d: d["requirements"][0].update(text=after))

    assert [change.wording for change in compare(old, new)] == [True]


@pytest.mark.parametrize(
    "edit",
    [
        lambda d: d.update(code="9.000002"),
        lambda d: d.update(sets=2),
        lambda d: d["field"].update(name="Thú y"),
        lambda d: d["levels"].remove("commune"),
        lambda d: d["audiences"].reverse(),
        lambda d: d["applicants"].append("Trường học"),
        lambda d: d["agencies"]["publishing"].update(name="Bộ khác"),
        lambda d: d["agencies"]["competent"].clear(),
        lambda d: d["receiving_places"].append("Bưu điện"),
        lambda d: d["steps"].reverse(),
        lambda d: d["steps"][1].update(case="Đàn trên 30 tổ"),
        lambda d: d["channels"].pop(),
        lambda d: d["channels"][0].update(kind="post"),
        lambda d: d["channels"][0].update(text=""),
        lambda d: limit(d).update(value=5),
        lambda d: limit(d).update(unit="calendar_day"),
        lambda d: limit(d).update(state="unknown"),
        lambda d: limit(d).update(text="5 ngày làm việc"),
        lambda d: limit(d)["fees"].pop(),
        lambda d: limit(d)["fees"][0].update(value=30_000),
        lambda d: limit(d)["fees"][0].update(unit="USD"),
        lambda d: limit(d)["fees"][0].update(text="30.000 đồng"),
        lambda d: d["document_groups"][0].update(kind="note"),
        lambda d: d["document_groups"][0]["documents"].reverse(),
        lambda d: paper(d).update(originals=paper(d)["originals"] + 1),
        lambda d: paper(d).update(copies=paper(d)["copies"] + 1),
        lambda d: paper(d).update(note=not paper(d)["note"]),
        lambda d: paper(d).update(form={"name": "Mẫu số 9", "file": None}),
        lambda d: d["requirements"][0].update(kind="business"),
        lambda d: d["results"][0].update(code="KQ9"),
        lambda d: d["legal_bases"][0].update(number="61/2018/NĐ-CP"),
        lambda d: d["legal_bases"][0].update(issued_on="2018-04-23"),
        lambda d: d["keywords"].append("ong mật"),
        lambda d: d["online_level"].update(value="4"),
        lambda d: d["source"].update(url="https://example.vn/"),
    ],
)
def test_anything_else_changes_the_meaning(
    document: Document, edit: Callable[[Document], Any]
) -> None:
    other = edited(document, edit)

    assert changes_meaning(document, other) == compare(document, other) != []


def test_times_and_fees_are_told_in_plain_words(document: Document) -> None:
    def edit(changed: Document) -> None:
        limit(changed).update(value=5)
        limit(changed)["fees"][0].update(state="free", value=None)

    changes = compare(document, edited(document, edit))

    assert told(changes) == [
        ("changed", "Thời hạn (trực tiếp)", "3 ngày làm việc", "5 ngày làm việc"),
        ("changed", "Lệ phí (trực tiếp)", "20.000 ₫", "Miễn phí"),
    ]


def test_paper_in_another_group_moved(document: Document) -> None:
    def edit(changed: Document) -> None:
        first, second = changed["document_groups"][:2]
        second["documents"].append(first["documents"].pop(0))

    changes = compare(document, edited(document, edit))

    groups = [change.heading for change in changes]
    assert [change.kind for change in changes] == [MOVED]
    assert groups == [f"Giấy tờ “{paper(document)['name']}”"]
    assert changes[0].path[-1] == paper(document)["key"]


def test_reordered_step_moved_alone(document: Document) -> None:
    document["steps"] = [{"key": f"s{n}", "case": None, "text": f"Việc {n}"} for n in range(5)]

    changes = compare(document, edited(document, lambda d: d["steps"].insert(0, d["steps"].pop())))

    assert told(changes) == [("moved", "Bước 1 “Việc 4”", "vị trí 5", "vị trí 1")]


def test_removed_group_is_told_with_its_papers(document: Document) -> None:
    gone = document["document_groups"][0]

    changes = compare(document, edited(document, lambda d: d["document_groups"].pop(0)))

    assert {change.kind for change in changes} == {REMOVED}
    assert [change.path[-1] for change in changes] == [
        gone["key"],
        *(held["key"] for held in gone["documents"]),
    ]


def test_entries_of_a_list_came_and_went(document: Document) -> None:
    other = document | {"levels": ["ministry", "commune"]}

    changes = compare(document, other)

    assert told(changes) == [
        ("removed", "Cấp thực hiện", "Cấp tỉnh", ""),
        ("added", "Cấp thực hiện", "", "Cấp bộ"),
    ]


def test_changes_stand_in_the_order_of_the_page(document: Document) -> None:
    def edit(changed: Document) -> None:
        changed["legal_bases"].clear()
        changed["steps"].clear()
        changed["results"].clear()
        limit(changed).update(value=9)
        paper(changed).update(copies=9)
        changed.update(name="Tên mới")

    sections = [change.section for change in compare(document, edited(document, edit))]

    assert list(dict.fromkeys(sections)) == [
        Section.NAME,
        Section.PAPERS,
        Section.CHANNELS,
        Section.RESULTS,
        Section.STEPS,
        Section.LEGAL_BASES,
    ]


def test_issued_and_abolished_procedures_are_one_change(document: Document) -> None:
    name = document["name"]

    assert told(compare(None, document)) == [("added", "Toàn bộ thủ tục", "", name)]
    assert told(compare(document, None)) == [("removed", "Toàn bộ thủ tục", name, "")]
    assert compare(None, None) == []


def test_words_are_in_the_language_in_use(document: Document) -> None:
    other = edited(document, lambda d: limit(d).update(value=5))

    with translation.override("en"):
        changes = compare(document, other)

    assert told(changes) == [
        ("changed", "Time limit (in person)", "3 working days", "5 working days")
    ]


def test_unfinished_draft_is_compared_all_the_same(document: Document) -> None:
    def edit(changed: Document) -> None:
        changed["name"] = ""
        changed["levels"] = ["đặc khu"]
        changed["channels"][0]["kind"] = ""
        limit(changed).update(state="", value=None, unit=None, text="")
        limit(changed)["fees"][0].update(state="", value=None)
        changed["document_groups"][0]["kind"] = ""

    changes = compare(document, edited(document, edit))

    assert {change.path[0] for change in changes} == {
        "name",
        "levels",
        "channels",
        "document_groups",
    }
