"""An editor mends search: what readers asked in vain is found seconds later, in every process."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.axe import violations
from e2e.conftest import DESKTOP, PHONE, photograph

EDITOR = "bientap.bocongan@vidu.gov.vn"
STRANGER = "bientap.botuphap@vidu.gov.vn"
PROCEDURE = "1.004194"
WORDS = "giấy bồ câu"
PUBLIC = f"/tim-kiem?q={WORDS}"
# What an editor changes is known everywhere within two seconds; machines that test are slow.
SECONDS = 20

# A message that slides in has its colours only at the end.
AT_REST = "Promise.all(document.getAnimations().map((animation) => animation.finished))"

Check = Callable[[Page, str], None]


@pytest.fixture
def check(pictures: Path) -> Check:
    """Check that a screen fits both widths and breaks no rule of access."""

    def check(page: Page, name: str) -> None:
        for size in (DESKTOP, PHONE):
            page.set_viewport_size(size)
            page.evaluate(AT_REST)
            assert (name, violations(page)) == (name, [])
            assert page.evaluate("document.documentElement.scrollWidth") == size["width"], name
            photograph(page, pictures / f"search-{name}-{size['width']}.png", full_page=False)
        page.set_viewport_size(DESKTOP)

    return check


def write_synonym(page: Page, *, means: str) -> None:
    page.get_by_label("Người dân gõ").fill(WORDS)
    page.get_by_label("Văn bản viết").fill(means)
    page.get_by_label("Truy vấn thử").fill(f"xin {WORDS}")
    page.get_by_label("Thủ tục phải tìm thấy").fill(PROCEDURE)
    page.get_by_role("button", name="Tạo mới").click()


def found_by_readers(page: Page) -> bool:
    page.goto(PUBLIC)
    return page.locator(f"main a[href='/thu-tuc/{PROCEDURE}']").count() > 0


def test_synonym_of_an_editor_is_known_to_readers_in_seconds(
    log_in_as: Callable[[str], Page], phone: Page, check: Check
) -> None:
    editor = log_in_as(EDITOR)
    assert not found_by_readers(phone)

    editor.goto(f"/quan-tri/search_synonyms/new/?tu={WORDS}")
    write_synonym(editor, means="kết hôn")
    expect(editor.get_by_label("Vẫn lưu")).to_be_visible()
    check(editor, "refused")
    write_synonym(editor, means="đăng ký tạm trú")

    expect(editor.get_by_text("Truy vấn thử cho thấy mục này có tác dụng.")).to_be_visible()
    check(editor, "synonyms")
    for _ in range(SECONDS):
        if found_by_readers(phone):
            break
        phone.wait_for_timeout(1000)
    assert found_by_readers(phone)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("overview", "/quan-tri/tim-kiem/"),
        ("try", f"/quan-tri/tim-kiem/thu/?q=tôi muốn xin {WORDS}"),
        ("promoted-new", "/quan-tri/search_promoted/new/?tu=nghỉ tết"),
        ("promoted", "/quan-tri/search_promoted/"),
        ("missing", "/quan-tri/search_missing/"),
    ],
)
def test_screens_of_search_are_for_everybody(
    log_in_as: Callable[[str], Page], phone: Page, check: Check, name: str, address: str
) -> None:
    phone.goto("/tim-kiem?q=zzqqxx")
    editor = log_in_as(EDITOR)

    editor.goto(address)

    check(editor, name)


def test_t4_editor_of_another_ministry_sees_no_entry(
    log_in_as: Callable[[str], Page],
) -> None:
    stranger = log_in_as(STRANGER)

    stranger.goto("/quan-tri/search_synonyms/")

    expect(stranger.get_by_text(WORDS)).to_have_count(0)
